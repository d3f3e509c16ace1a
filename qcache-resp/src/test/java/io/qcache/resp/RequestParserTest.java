package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qcache.resp.ReferenceRequests.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
  private static final String DIGITS_WITHOUT_END = "1".repeat((64 << 10) + 1);

  @Test void command_asArrayOfBulks_isFoundWithItsSpans() {
    byte[] array = Bytes.of("xx*2\r\n$3\r\nGET\r\n$11\r\nhello world\r\n*1\r\n");
    RequestParser parser = new RequestParser();

    assertThat(parser.parse(array, 2, array.length)).isEqualTo(RequestParser.COMMAND);

    assertThat(parser.consumed()).isEqualTo(31);
    assertThat(parser.count()).isEqualTo(2);
    assertThat(parser.offset(0)).isEqualTo(8);
    assertThat(parser.length(0)).isEqualTo(3);
    assertThat(parser.offset(1)).isEqualTo(18);
    assertThat(parser.length(1)).isEqualTo(11);
    assertThat(parser.spans()).startsWith(8, 3, 18, 11);
    assertThat(parser.isInline()).isFalse();
    assertThat(parser.array(array)).isSameAs(array);
    assertThat(parser.base(2)).isEqualTo(2);
    assertThat(parser.parse(array, 33, array.length)).isEqualTo(RequestParser.NEED_MORE);
  }

  @Test void argument_emptyOrWithAnyBytes_isTakenAsItIs() {
    assertThat(Requests.parse("*3\r\n$0\r\n\r\n$4\r\n\r\n\0\u00ff\r\n$2\r\n$1\r\n"))
        .containsExactly(new Event("COMMAND", List.of("", "\r\n\0\u00ff", "$1")));
  }

  @Test void argument_withALengthOfAnyNumberOfDigits_isRead() {
    for (int length : new int[] {0, 9, 10, 99, 100, 999, 1000, 12345}) {
      assertThat(Requests.parse("*1\r\n$" + length + "\r\n" + "x".repeat(length) + "\r\n"))
          .containsExactly(new Event("COMMAND", List.of("x".repeat(length))));
    }
  }

  @Test void pipeline_isReadCommandByCommand() {
    Event ping = new Event("COMMAND", List.of("PING"));
    Event inline = new Event("INLINE", List.of("get", "a b"));
    Event empty = new Event("EMPTY", List.of());

    List<Event> events = Requests.everyWay(
        Bytes.of("*1\r\n$4\r\nPING\r\nget \"a b\"\r\n\r\n*0\r\n*1\r\n$4\r\nPING\r\n\n*-1\r\nget 'a b'\n"),
        Limits.DEFAULT);

    assertThat(events).containsExactly(ping, inline, empty, empty, ping, empty, empty, inline);
  }

  @Test void emptyRequest_consumesItsBytesAndHasNoArguments() {
    RequestParser parser = new RequestParser();

    assertThat(parser.parse(Bytes.of("*-1\r\n"), 0, 5)).isEqualTo(RequestParser.EMPTY);

    assertThat(parser.consumed()).isEqualTo(5);
    assertThat(parser.count()).isZero();
  }

  @Test void lastCommand_staysReadable_whenAskedForMoreWithoutBytes() {
    byte[] array = Bytes.of("*1\r\n$4\r\nPING\r\n");
    RequestParser parser = new RequestParser();
    parser.parse(array, 0, array.length);

    assertThat(parser.parse(array, array.length, array.length)).isEqualTo(RequestParser.NEED_MORE);

    assertThat(parser.consumed()).isZero();
    assertThat(parser.count()).isEqualTo(1);
    assertThat(parser.length(0)).isEqualTo(4);
  }

  @Test void unfinishedCommand_hasConsumedNothing_andTellsHowFarItGot() {
    RequestParser parser = new RequestParser();

    assertThat(parser.parse(Bytes.of("*2\r\n$3\r\nGET\r\n$1"), 0, 15)).isEqualTo(RequestParser.NEED_MORE);

    assertThat(parser.consumed()).isZero();
    assertThat(parser.consumedSoFar()).isEqualTo(15);
    assertThat(parser.count()).isEqualTo(1);
  }

  @Test void span_beyondTheArguments_isRefused() {
    RequestParser parser = new RequestParser();
    parser.parse(Bytes.of("PING\r\n"), 0, 6);

    assertThatThrownBy(() -> parser.offset(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> parser.length(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> parser.parse(new byte[3], 2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    // what is sent (~ is CR LF)     | the reason                                              | the byte
    "*3000000000~                    | invalid multibulk length                                | 1",
    "*2147483648~                    | invalid multibulk length                                | 1",
    "*4294967297~                    | invalid multibulk length                                | 1",
    "*18446744073709551617~          | invalid multibulk length                                | 1",
    "*99999999999999999999999999999~ | invalid multibulk length                                | 1",
    "*-2~                            | invalid multibulk length                                | 1",
    "*-99999999999999999999999~      | invalid multibulk length                                | 1",
    "*+1~                            | invalid multibulk length                                | 1",
    "*--1~                           | invalid multibulk length                                | 2",
    "*1-~                            | invalid multibulk length                                | 2",
    "*-0~                            | invalid multibulk length                                | 3",
    "*-01~                           | invalid multibulk length                                | 3",
    "*-~                             | invalid multibulk length                                | 2",
    "*~                              | invalid multibulk length                                | 1",
    "*01~                            | invalid multibulk length                                | 2",
    "*00~                            | invalid multibulk length                                | 2",
    "*1 ~                            | invalid multibulk length                                | 2",
    "*0x1~                           | invalid multibulk length                                | 2",
    "*?~                             | invalid multibulk length                                | 1",
    "*blah~                          | invalid multibulk length                                | 1",
    "*1~$-1~                         | invalid bulk length                                     | 5",
    "*1~$-10~                        | invalid bulk length                                     | 5",
    "*1~$2000000000~                 | invalid bulk length                                     | 5",
    "*1~$536870913~                  | invalid bulk length                                     | 5",
    "*1~$4294967299~                 | invalid bulk length                                     | 5",
    "*1~$18446744073709551619~       | invalid bulk length                                     | 5",
    "*1~$+3~GET~                     | invalid bulk length                                     | 5",
    "*1~$03~GET~                     | invalid bulk length                                     | 6",
    "*1~$00~~                        | invalid bulk length                                     | 6",
    "*1~$~                           | invalid bulk length                                     | 5",
    "*1~$3 ~GET~                     | invalid bulk length                                     | 6",
    "*1~$1a~                         | invalid bulk length                                     | 6",
    "*1~$blabla~                     | invalid bulk length                                     | 5",
    "*1~$?~                          | invalid bulk length                                     | 5",
    "*1~foo~                         | expected '$', got 'f'                                   | 4",
    "*2~$3~GET~fooz~                 | expected '$', got 'f'                                   | 13",
    "*1~*1~$4~PING~                  | expected '$', got '*'                                   | 4",
    "*1~%1~                          | expected '$', got '%'                                   | 4",
    "*1~:1~                          | expected '$', got ':'                                   | 4",
    "*1~+PING~                       | expected '$', got '+'                                   | 4",
    "*1~~                            | expected '$', got '\\x0d'                                | 4",
    "*1~$4~PINGPONG~                 | expected CR LF after a bulk string, got 'P'             | 12",
    "*1~$3~PING~                     | expected CR LF after a bulk string, got 'G'             | 11",
    "%1~+a~+b~                       | expected '*' or an inline command, got '%'              | 0",
    "$4~PING~                        | expected '*' or an inline command, got '$'              | 0",
    "+PING~                          | expected '*' or an inline command, got '+'              | 0",
    ">2~                             | expected '*' or an inline command, got '>'              | 0",
    "_~                              | expected '*' or an inline command, got '_'              | 0",
    "#t~                             | expected '*' or an inline command, got '#'              | 0",
    "|1~                             | expected '*' or an inline command, got '|'              | 0",
    "SET \"a b~                      | unbalanced quotes in request                            | 4",
    "SET 'a'b~                       | unbalanced quotes in request                            | 4",
  })
  void malformedRequest_isRefused_withTheReasonAndTheByte(String line) {
    // Split from the right: the bytes may hold a bar.
    int second = line.lastIndexOf(" | ");
    int first = line.lastIndexOf(" | ", second - 1);
    byte[] stream = Bytes.of(line.substring(0, first).strip().replace("~", "\r\n"));
    String reason = line.substring(first + 3, second).strip();
    long offset = Long.parseLong(line.substring(second + 3).strip());

    Requests fed = Requests.whole(stream, Limits.DEFAULT);

    assertThat(fed.events).containsExactly(new Event("Protocol error: " + reason, List.of()));
    assertThat(fed.failedAt).isEqualTo(offset);
    assertThat(Requests.everyWay(stream, Limits.DEFAULT)).isEqualTo(fed.events);
  }

  @Test void terminator_ofWhichOnlyTheLfIsWrong_isRefusedAtThatByte() {
    Requests fed = Requests.whole(Bytes.of("*1\r\n$1\r\na\rb"), Limits.DEFAULT);

    assertThat(fed.events.get(0).kind()).isEqualTo("Protocol error: expected CR LF after a bulk string, got 'b'");
    assertThat(fed.failedAt).isEqualTo(10);
  }

  @Test void header_whoseCrHasNoLf_isRefused() {
    for (String stream : List.of("*1\rx", "*1\r\n$1\rx", "*1\r\n$12\rx", "*1\r\n$123\rx")) {
      Requests fed = Requests.whole(Bytes.of(stream + "   "), Limits.DEFAULT);
      assertThat(fed.events).containsExactly(new Event("Protocol error: expected LF after CR, got 'x'", List.of()));
      assertThat(fed.failedAt).isEqualTo(stream.length() - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, '\r', '\n', 0x1b, 0x7f, 0x80, 0xff})
  void byteThatIsEchoed_neverIsAControlByte(int wrong) {
    Requests fed = Requests.whole(Bytes.of("*1\r\n" + (char) wrong), Limits.DEFAULT);

    assertThat(fed.events.get(0).kind())
        .isEqualTo(String.format("Protocol error: expected '$', got '\\x%02x'", wrong))
        .matches("[ -~]+");
  }

  @Test void digitsWithoutEnd_areRefused_atTheLongestLine() {
    assertFailsAtTheLimit("*" + DIGITS_WITHOUT_END, 0, "Protocol error: too big mbulk count string");
    assertFailsAtTheLimit("*1\r\n$" + DIGITS_WITHOUT_END, 4, "Protocol error: too big bulk count string");
  }

  @Test void lineWithoutEnd_isRefused_atTheLongestLine() {
    assertFailsAtTheLimit("x".repeat(70_000), 0, "Protocol error: too big inline request");
    assertFailsAtTheLimit("x".repeat(65_537) + "\n", 0, "Protocol error: too big inline request");
    assertThat(Requests.parse("x".repeat(65_536) + "\n"))
        .containsExactly(new Event("INLINE", List.of("x".repeat(65_536))));
  }

  private static void assertFailsAtTheLimit(String stream, int start, String reason) {
    byte[] bytes = Bytes.of(stream);
    Requests whole = Requests.whole(bytes, Limits.DEFAULT);
    assertThat(whole.events).containsExactly(new Event(reason, List.of()));
    assertThat(whole.failedAt).isEqualTo(start + 65_536);
    RequestParser parser = new RequestParser();
    for (int to = 1; to <= start + 65_536; to += 7) {
      assertThat(parser.parse(bytes, 0, to)).isEqualTo(RequestParser.NEED_MORE);
    }
    ProtocolException late = catchThrowableOfType(
        ProtocolException.class, () -> parser.parse(bytes, 0, bytes.length));
    assertThat(late).hasMessage(reason);
    assertThat(late.offset()).isEqualTo(start + 65_536);
  }

  @Test void headerOfTheLongestLine_isStillJudgedByItsValue() {
    assertThat(Requests.parse("*" + "9".repeat(65_535) + "\r\n").get(0).kind())
        .isEqualTo("Protocol error: invalid multibulk length");
  }

  @Test void nulInALine_isRefused() {
    Requests fed = Requests.whole(Bytes.of("PI\0NG\r\n"), Limits.DEFAULT);

    assertThat(fed.events).containsExactly(new Event("Protocol error: NUL byte in inline request", List.of()));
    assertThat(fed.failedAt).isEqualTo(2);
  }

  @Test void limits_holdForRequestsOfThatSize_andNotForOneMore() {
    Limits limits = Limits.DEFAULT.withArguments(2).withBulkBytes(5).withInlineBytes(20).withRequestBytes(30);

    assertThat(kinds("*2\r\n$1\r\na\r\n$1\r\nb\r\n", limits)).containsExactly("COMMAND");
    assertThat(kinds("*3\r\n", limits)).containsExactly("Protocol error: invalid multibulk length");
    assertThat(kinds("*1\r\n$5\r\nabcde\r\n", limits)).containsExactly("COMMAND");
    assertThat(kinds("*1\r\n$6\r\n", limits)).containsExactly("Protocol error: invalid bulk length");
    assertThat(kinds("a".repeat(20) + "\n", limits)).containsExactly("INLINE");
    assertThat(kinds("a".repeat(21) + "\n", limits)).containsExactly("Protocol error: too big inline request");
    assertThat(kinds("*2\r\n$5\r\nabcde\r\n$5\r\nabcde\r\n", limits.withRequestBytes(26))).containsExactly("COMMAND");
    assertThat(kinds("*2\r\n$5\r\nabcde\r\n$5\r\n", limits.withRequestBytes(25)))
        .containsExactly("Protocol error: too big request");
  }

  @Test void bulkBeyondTheLongestArray_isRefused_unlessItIsHandedOver() {
    Limits limits = Limits.DEFAULT.withBulkBytes(Integer.MAX_VALUE).withRequestBytes(Long.MAX_VALUE);
    byte[] stream = Bytes.of("*1\r\n$2147483647\r\n");
    RequestParser parser = new RequestParser(limits);

    assertThatThrownBy(() -> parser.parse(stream, 0, stream.length)).hasMessage("Protocol error: too big request");

    parser.reset();
    parser.largeAbove(1 << 20);
    assertThat(parser.parse(stream, 0, stream.length)).isEqualTo(RequestParser.LARGE);
    assertThat(parser.largeLength()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test void unauthenticatedPeer_getsTenArgumentsOf16KiB_andRedissWordsBeyond() {
    Limits limits = Limits.UNAUTHENTICATED;
    String argument = "$16384\r\n" + "x".repeat(16_384) + "\r\n";

    assertThat(kinds("*10\r\n" + argument.repeat(10), limits)).containsExactly("COMMAND");
    assertThat(kinds("*11\r\n", limits)).containsExactly("Protocol error: unauthenticated multibulk length");
    assertThat(kinds("*3000000000\r\n", limits)).containsExactly("Protocol error: invalid multibulk length");
    assertThat(kinds("*1\r\n$16385\r\n", limits)).containsExactly("Protocol error: unauthenticated bulk length");
    assertThat(kinds("*1\r\n$-1\r\n", limits)).containsExactly("Protocol error: invalid bulk length");
    assertThat(kinds("*1\r\n$536870913\r\n", limits)).containsExactly("Protocol error: invalid bulk length");
  }

  @Test void limits_changedBetweenTwoCommands_holdForTheSecond() {
    byte[] stream = Bytes.of("*11\r\n" + "$1\r\na\r\n".repeat(11));
    RequestParser parser = new RequestParser(Limits.UNAUTHENTICATED);
    byte[] auth = Bytes.of("AUTH x\r\n");
    assertThat(parser.parse(auth, 0, auth.length)).isEqualTo(RequestParser.COMMAND);

    parser.limits(Limits.DEFAULT);

    assertThat(parser.parse(stream, 0, stream.length)).isEqualTo(RequestParser.COMMAND);
    assertThat(parser.count()).isEqualTo(11);
  }

  @Test void limits_loweredWithinAHeaderOrALine_refuseIt() {
    RequestParser parser = new RequestParser();
    byte[] header = Bytes.of("*123456");
    parser.parse(header, 0, 7);
    parser.limits(Limits.DEFAULT.withInlineBytes(3));
    assertThatThrownBy(() -> parser.parse(header, 0, 7)).hasMessage("Protocol error: too big mbulk count string");

    parser.reset();
    parser.limits(Limits.DEFAULT);
    byte[] line = Bytes.of("PING PING\r\n");
    parser.parse(line, 0, 7);
    parser.limits(Limits.DEFAULT.withInlineBytes(3));
    assertThatThrownBy(() -> parser.parse(line, 0, 11)).hasMessage("Protocol error: too big inline request");
  }

  @Test void failedParser_staysFailed_untilReset() {
    RequestParser parser = new RequestParser();
    assertThatThrownBy(() -> parser.parse(Bytes.of("*x"), 0, 2)).isInstanceOf(ProtocolException.class);

    assertThatThrownBy(() -> parser.parse(Bytes.of("PING\r\n"), 0, 6))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("reset()");

    parser.reset();
    assertThat(parser.parse(Bytes.of("PING\r\n"), 0, 6)).isEqualTo(RequestParser.COMMAND);
  }

  @Test void protocolException_carriesNoStackTrace() {
    assertThat(new ProtocolException("x", 1).getStackTrace()).isEmpty();
  }

  @Test void reset_inTheMiddleOfACommand_startsAnew() {
    RequestParser parser = new RequestParser();
    parser.parse(Bytes.of("*2\r\n$3\r\nGET\r\n$5\r\nab"), 0, 19);

    parser.reset();

    assertThat(parser.consumedSoFar()).isZero();
    assertThat(parser.parse(Bytes.of("*1\r\n$1\r\na\r\n"), 0, 11)).isEqualTo(RequestParser.COMMAND);
    assertThat(parser.count()).isEqualTo(1);
  }

  private static List<String> kinds(String stream, Limits limits) {
    return Requests.whole(Bytes.of(stream), limits).events.stream().map(Event::kind).toList();
  }
}
