package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyParserTest {
  private final ReplyParser parser = new ReplyParser();

  @Test void nestedReply_givesItsEvents_andEndsOnce() {
    byte[] stream = Bytes.of("%1\r\n$3\r\nkey\r\n*2\r\n:7\r\n#t\r\n+OK\r\n");

    assertThat(events(stream)).containsExactly(
        "MAP 1 depth 1", "BULK key last", "ARRAY 2 depth 2", "INTEGER 7", "BOOLEAN 1", "END depth 1",
        "END depth 0 complete", "TEXT OK last complete");
  }

  @Test void attribute_doesNotCompleteAReply() {
    assertThat(events(Bytes.of("|1\r\n+a\r\n+b\r\n_\r\n"))).containsExactly(
        "ATTRIBUTE 1 depth 1", "TEXT a last", "TEXT b last", "END depth 0", "NULL _ complete");
  }

  @Test void bulkInTwo_comesInPieces_thatTellWhatIsLeft() {
    byte[] first = Bytes.of("$5\r\nhel");
    assertThat(parser.next(first, 0, first.length)).isEqualTo(ReplyParser.BULK);
    assertThat(parser.consumed()).isEqualTo(7);
    assertThat(Bytes.text(first, parser.offset(), parser.length())).isEqualTo("hel");
    assertThat(parser.last()).isFalse();
    assertThat(parser.remaining()).isEqualTo(2);
    assertThat(parser.next(first, 7, 7)).isEqualTo(ReplyParser.NEED_MORE);

    byte[] second = Bytes.of("lo\r");
    assertThat(parser.next(second, 0, 3)).isEqualTo(ReplyParser.BULK);
    assertThat(parser.consumed()).isEqualTo(2);
    assertThat(parser.last()).isFalse();
    assertThat(parser.remaining()).isZero();
    assertThat(parser.next(second, 2, 3)).isEqualTo(ReplyParser.NEED_MORE);
    assertThat(parser.consumed()).isEqualTo(1);
    assertThat(parser.next(Bytes.of("\n"), 0, 1)).isEqualTo(ReplyParser.BULK);
    assertThat(parser.length()).isZero();
    assertThat(parser.last()).isTrue();
    assertThat(parser.complete()).isTrue();
  }

  @Test void lineAndStreamedString_doNotKnowWhatIsLeft() {
    parser.next(Bytes.of("+OK"), 0, 3);
    assertThat(parser.remaining()).isEqualTo(-1);
    parser.reset();
    byte[] streamed = Bytes.of("$?\r\n;9\r\nab");
    parser.next(streamed, 0, streamed.length);
    assertThat(parser.remaining()).isEqualTo(-1);
    assertThat(parser.length()).isEqualTo(2);
  }

  @Test void streamedAggregate_hasNoSize() {
    assertThat(events(Bytes.of("~?\r\n:1\r\n.\r\n"))).containsExactly(
        "SET -1 depth 1", "INTEGER 1", "END depth 0 complete");
  }

  @Test void failedParser_staysFailed_untilReset() {
    assertThatThrownBy(() -> parser.next(Bytes.of("x"), 0, 1)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> parser.next(Bytes.of("+"), 0, 1))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("reset()");

    parser.reset();

    assertThat(events(Bytes.of(":1\r\n"))).containsExactly("INTEGER 1 complete");
    assertThat(parser.isBetweenReplies()).isTrue();
  }

  @Test void reset_inTheMiddleOfAnAggregate_startsAnew() {
    events(Bytes.of("*2\r\n:1\r\n"));

    parser.reset();

    assertThat(parser.depth()).isZero();
    assertThat(events(Bytes.of(":1\r\n"))).containsExactly("INTEGER 1 complete");
  }

  @Test void span_outsideOfTheArray_isRefused() {
    assertThatThrownBy(() -> parser.next(new byte[3], 1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private List<String> events(byte[] stream) {
    String[] names = {"", "TEXT", "ERROR", "INTEGER", "BULK", "BULK_ERROR", "VERBATIM", "DOUBLE", "BIG_NUMBER",
        "BOOLEAN", "NULL", "ARRAY", "MAP", "SET", "PUSH", "ATTRIBUTE", "END"};
    List<String> events = new ArrayList<>();
    int at = 0;
    for (int event; (event = parser.next(stream, at, stream.length)) != ReplyParser.NEED_MORE;) {
      at += parser.consumed();
      String what = switch (event) {
        case ReplyParser.INTEGER, ReplyParser.BOOLEAN -> " " + parser.value();
        case ReplyParser.NULL -> " " + (char) parser.type();
        case ReplyParser.END -> " depth " + parser.depth();
        case ReplyParser.ARRAY, ReplyParser.MAP, ReplyParser.SET, ReplyParser.PUSH, ReplyParser.ATTRIBUTE ->
            " " + parser.size() + " depth " + parser.depth();
        default -> " " + Bytes.text(stream, parser.offset(), parser.length()) + (parser.last() ? " last" : "");
      };
      events.add(names[event] + what + (parser.complete() ? " complete" : ""));
    }
    return events;
  }
}
