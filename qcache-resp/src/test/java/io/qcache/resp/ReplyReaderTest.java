package io.qcache.resp;

import static io.qcache.resp.Replies.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
  @Test void eachType_isReadAsItsValue_howeverItIsCut() {
    assertThat(read("+OK\r\n+\r\n")).containsExactly(new Reply.Text("OK"), new Reply.Text(""));
    assertThat(read("-ERR no\r\n!8\r\nERR\r\nno!\r\n"))
        .containsExactly(new Reply.ErrorReply("ERR no"), new Reply.ErrorReply("ERR\r\nno!"));
    assertThat(read(":0\r\n:-7\r\n:+7\r\n:9223372036854775807\r\n:-9223372036854775808\r\n")).containsExactly(
        new Reply.Int(0), new Reply.Int(-7), new Reply.Int(7),
        new Reply.Int(Long.MAX_VALUE), new Reply.Int(Long.MIN_VALUE));
    assertThat(read("$5\r\nhe\r\no\r\n$0\r\n\r\n")).containsExactly(bulk("he\r\no"), bulk(""));
    assertThat(read("$-1\r\n*-1\r\n_\r\n"))
        .containsExactly(Reply.Null.BULK, Reply.Null.ARRAY, Reply.Null.NULL);
    assertThat(read("#t\r\n#f\r\n")).containsExactly(new Reply.Bool(true), new Reply.Bool(false));
    assertThat(read(",1.5\r\n,-1e3\r\n,inf\r\n,-inf\r\n,nan\r\n")).containsExactly(
        new Reply.DoubleReply(1.5), new Reply.DoubleReply(-1000), new Reply.DoubleReply(Double.POSITIVE_INFINITY),
        new Reply.DoubleReply(Double.NEGATIVE_INFINITY), new Reply.DoubleReply(Double.NaN));
    assertThat(read("(123456789012345678901234567890\r\n(-1\r\n(+1\r\n")).containsExactly(
        new Reply.BigNumber(new BigInteger("123456789012345678901234567890")),
        new Reply.BigNumber(BigInteger.ONE.negate()), new Reply.BigNumber(BigInteger.ONE));
    assertThat(read("=8\r\ntxt:some\r\n=4\r\nmkd:\r\n")).containsExactly(
        new Reply.Verbatim("txt", Bytes.of("some")), new Reply.Verbatim("mkd", new byte[0]));
  }

  @Test void aggregates_areReadWithTheirElements() {
    assertThat(read("*0\r\n%0\r\n~0\r\n>0\r\n")).containsExactly(
        new Reply.ArrayReply(List.of()), new Reply.MapReply(List.of()),
        new Reply.SetReply(List.of()), new Reply.Push(List.of()));
    assertThat(read("*3\r\n:1\r\n*1\r\n*0\r\n$1\r\na\r\n+next\r\n")).containsExactly(
        new Reply.ArrayReply(List.of(
            new Reply.Int(1), new Reply.ArrayReply(List.of(new Reply.ArrayReply(List.of()))), bulk("a"))),
        new Reply.Text("next"));
    assertThat(read("%2\r\n+a\r\n:1\r\n+b\r\n~2\r\n#t\r\n#f\r\n")).containsExactly(
        new Reply.MapReply(List.of(new Reply.Text("a"), new Reply.Int(1), new Reply.Text("b"),
            new Reply.SetReply(List.of(new Reply.Bool(true), new Reply.Bool(false))))));
    assertThat(read("*9\r\n" + "*1\r\n".repeat(20) + ":1\r\n" + ":2\r\n".repeat(8))).hasSize(1);
  }

  @Test void streamedStringsAndAggregates_areReadAsIfTheirSizeHadBeenKnown() {
    assertThat(read("$?\r\n;4\r\nHell\r\n;5\r\no wor\r\n;1\r\nd\r\n;0\r\n$?\r\n;0\r\n"))
        .containsExactly(bulk("Hello word"), bulk(""));
    assertThat(read("*?\r\n:1\r\n*?\r\n.\r\n.\r\n%?\r\n+a\r\n:1\r\n.\r\n~?\r\n.\r\n>?\r\n:1\r\n.\r\n"))
        .containsExactly(new Reply.ArrayReply(List.of(new Reply.Int(1), new Reply.ArrayReply(List.of()))),
            new Reply.MapReply(List.of(new Reply.Text("a"), new Reply.Int(1))),
            new Reply.SetReply(List.of()), new Reply.Push(List.of(new Reply.Int(1))));
  }

  @Test void attributes_areSkipped_whereverTheyStand() {
    assertThat(read("|1\r\n+ttl\r\n:3600\r\n*2\r\n|1\r\n|0\r\n+k\r\n*1\r\n$1\r\nx\r\n:1\r\n|0\r\n|?\r\n.\r\n:2\r\n"))
        .containsExactly(new Reply.ArrayReply(List.of(new Reply.Int(1), new Reply.Int(2))));
  }

  @Test void reader_isBetweenReplies_onlyWhenNothingIsHalfRead() {
    assertThat(Replies.whole(Bytes.of("+OK\r\n"), Limits.DEFAULT).isBetween).isTrue();
    for (String half : List.of("+", "*1\r\n", "|0\r\n", "|1\r\n", "$3\r\nab", "*0\r\n+OK\r")) {
      assertThat(Replies.whole(Bytes.of(half), Limits.DEFAULT).isBetween).as(half).isFalse();
    }
    assertThat(Replies.whole(Bytes.of("*0\r\n"), Limits.DEFAULT).isBetween).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    // what is sent (~ is CR LF) | the reason | the byte
    "hello | expected a reply, got 'h' | 0",
    "+OK~\n | expected a reply, got '\\x0a' | 5",
    "+O\nK~ | expected CR LF, got '\\x0a' | 2",
    "+OK\rx | expected LF after CR, got 'x' | 4",
    ":~ | invalid integer | 1",
    ":-~ | invalid integer | 2",
    ":-0~ | invalid integer | 3",
    ":01~ | invalid integer | 2",
    ":1a~ | invalid integer | 2",
    ":--1~ | invalid integer | 2",
    ":1-~ | invalid integer | 2",
    ":?~ | invalid integer | 1",
    ":9223372036854775808~ | invalid integer | 19",
    ":-9223372036854775809~ | invalid integer | 20",
    ":92233720368547758070~ | invalid integer | 20",
    ":1\rx | expected LF after CR, got 'x' | 3",
    "$~ | invalid bulk length | 1",
    "$+1~ | invalid bulk length | 1",
    "$-2~ | invalid bulk length | 5",
    "$536870913~ | invalid bulk length | 12",
    "$1?~ | invalid bulk length | 2",
    "$-?~ | invalid bulk length | 2",
    "$1~ab~ | expected CR LF after a bulk string, got 'b' | 5",
    "$1~a\rb | expected CR LF after a bulk string, got 'b' | 6",
    "$?~+a~ | expected ';', got '+' | 4",
    "$?~;?~ | invalid bulk length | 5",
    "$?~;-1~ | invalid bulk length | 9",
    "$?~;1~ab | expected CR LF after a bulk string, got 'b' | 9",
    "!-1~ | invalid bulk length | 5",
    "!?~ | invalid bulk length | 1",
    "=-1~ | invalid bulk length | 5",
    "=3~ | invalid verbatim string | 4",
    "=5~abcde~ | invalid verbatim string | 11",
    "*-2~ | invalid multibulk length | 5",
    "*2147483648~ | invalid multibulk length | 13",
    "*x~ | invalid multibulk length | 1",
    "%-1~ | invalid multibulk length | 5",
    "~-1~ | invalid multibulk length | 7",
    ">-1~ | invalid multibulk length | 5",
    "*1~.~ | unexpected end of a streamed aggregate | 4",
    ".~ | unexpected end of a streamed aggregate | 0",
    "%?~+a~.~ | unexpected end of a streamed aggregate | 8",
    "*?~|0~.~ | unexpected end of a streamed aggregate | 8",
    "*?~.x | expected CR, got 'x' | 5",
    "#x~ | expected t or f, got 'x' | 1",
    "#tx~ | expected CR, got 'x' | 2",
    "_x~ | expected CR, got 'x' | 1",
    ",1f~ | invalid double | 5",
    ",~ | invalid double | 3",
    "(1.5~ | invalid big number | 6",
    "(~ | invalid big number | 3",
    "(-~ | invalid big number | 4",
    "(1-~ | invalid big number | 5",
  })
  void malformedReply_isRefused_withTheReasonAndTheByte(String row) {
    int second = row.lastIndexOf(" | ");
    int first = row.lastIndexOf(" | ", second - 1);
    String sent = row.substring(0, first);
    byte[] stream = Bytes.of(sent.startsWith("~") ? "~" + sent.substring(1).replace("~", "\r\n")
        : sent.replace("~", "\r\n"));
    Replies read = Replies.everyWay(stream, Limits.DEFAULT);

    assertThat(read.failure).isEqualTo("Protocol error: " + row.substring(first + 3, second));
    assertThat(read.failedAt).isEqualTo(sent.startsWith("~") ? 5 : Long.parseLong(row.substring(second + 3)));
  }

  @Test void repliesBeforeAMalformedOne_canStillBePolled() {
    Replies read = Replies.whole(Bytes.of("+OK\r\n:1\r\nboo"), Limits.DEFAULT);

    assertThat(read.replies).containsExactly(new Reply.Text("OK"), new Reply.Int(1));
    assertThat(read.failedAt).isEqualTo(9);
  }

  @Test void limits_holdForRepliesOfThatSize_andNotForOneMore() {
    Limits limits = Limits.DEFAULT.withInlineBytes(5).withBulkBytes(6).withArguments(3).withDepth(2);

    assertFails("+12345\r\n", limits, null);
    assertFails("+123456", limits, "Protocol error: too big line in reply");
    assertFails("$6\r\n123456\r\n", limits, null);
    assertFails("$7\r\n", limits, "Protocol error: invalid bulk length");
    assertFails("$?\r\n;3\r\nabc\r\n;3\r\nabc\r\n;0\r\n", limits, null);
    assertFails("$?\r\n;3\r\nabc\r\n;4\r\n", limits, "Protocol error: invalid bulk length");
    assertFails("$?\r\n;3\r\nabc\r\n;9223372036854775807\r\n", limits, "Protocol error: invalid bulk length");
    assertFails("%3\r\n", limits, null);
    assertFails("%4\r\n", limits, "Protocol error: invalid multibulk length");
    assertFails("*1\r\n*1\r\n:1\r\n", limits, null);
    assertFails("*1\r\n*1\r\n*0\r\n", limits, "Protocol error: too deeply nested reply");
  }

  private static void assertFails(String stream, Limits limits, String failure) {
    assertThat(Replies.everyWay(Bytes.of(stream), limits).failure).as(stream).isEqualTo(failure);
  }

  @Test void limits_loweredWithinALine_refuseIt() {
    ReplyReader reader = new ReplyReader();
    reader.feed(Bytes.of("+123456"), 0, 7);
    reader.limits(Limits.DEFAULT.withInlineBytes(3));

    assertThatThrownBy(() -> reader.feed(Bytes.of("7\r\n"), 0, 3)).hasMessage("Protocol error: too big line in reply");
  }

  @Test void nesting_isReadUpToTheDepth_andRefusedBeyond_withoutRecursion() {
    assertThat(read("*1\r\n".repeat(128) + ":1\r\n")).hasSize(1);
    assertThat(Replies.whole(Bytes.of("*1\r\n".repeat(129)), Limits.DEFAULT).failure)
        .isEqualTo("Protocol error: too deeply nested reply");
    assertThat(Replies.whole(Bytes.of("|1\r\n".repeat(129)), Limits.DEFAULT).failure)
        .isEqualTo("Protocol error: too deeply nested reply");

    int deep = 200_000;
    ReplyReader reader = new ReplyReader(Limits.DEFAULT.withDepth(Integer.MAX_VALUE));
    byte[] stream = Bytes.of("*1\r\n".repeat(deep) + ":7\r\n");
    reader.feed(stream, 0, stream.length);
    Reply reply = reader.poll();
    for (int i = 0; i < deep; i++) {
      reply = reply.asList().get(0);
    }
    assertThat(reply).isEqualTo(new Reply.Int(7));
  }

  @Test void lists_cannotBeChanged() {
    Reply reply = read("*1\r\n:1\r\n").get(0);

    assertThatThrownBy(() -> reply.asList().add(reply)).isInstanceOf(UnsupportedOperationException.class);
  }

  private static Reply bulk(String text) {
    return new Reply.Bulk(Bytes.of(text));
  }
}
