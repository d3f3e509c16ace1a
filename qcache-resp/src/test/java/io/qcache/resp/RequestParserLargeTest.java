package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestParserLargeTest {
  private final RequestParser parser = new RequestParser();

  @Test void largeArgument_isHandedOver_onceItsHeaderIsRead() {
    parser.largeAbove(4);
    byte[] array = Bytes.of("*3\r\n$3\r\nSET\r\n$4\r\nfour\r\n$5\r\nfiv");

    assertThat(parser.parse(array, 0, array.length)).isEqualTo(RequestParser.LARGE);

    assertThat(parser.largeLength()).isEqualTo(5);
    assertThat(parser.consumedSoFar()).isEqualTo(array.length - 3);
    assertThat(parser.count()).isEqualTo(2);
    assertThat(parser.consumed()).isZero();
  }

  @Test void largeArgument_whollyInTheArray_mayStayThere() {
    parser.largeAbove(4);
    byte[] array = Bytes.of("*3\r\n$3\r\nSET\r\n$5\r\nlarge\r\n$1\r\nx\r\n");
    parser.parse(array, 0, array.length);

    parser.resumeAfterLarge(5);

    assertThat(parser.parse(array, 0, array.length)).isEqualTo(RequestParser.COMMAND);
    assertThat(parser.consumed()).isEqualTo(array.length);
    assertThat(parser.count()).isEqualTo(3);
    assertThat(parser.offset(1)).isEqualTo(-1);
    assertThat(parser.length(1)).isEqualTo(5);
    assertThat(Bytes.text(array, parser.offset(2), parser.length(2))).isEqualTo("x");
  }

  @Test void largeArgument_takenOutOfTheArray_leavesNoGap() {
    parser.largeAbove(4);
    byte[] head = Bytes.of("*2\r\n$3\r\nGET\r\n$5\r\n");
    byte[] rest = Bytes.of("*2\r\n$3\r\nGET\r\n$5\r\n\r\n");
    parser.parse(head, 0, head.length);

    parser.resumeAfterLarge();

    assertThat(parser.parse(head, 0, head.length)).isEqualTo(RequestParser.NEED_MORE);
    assertThat(parser.parse(rest, 0, rest.length)).isEqualTo(RequestParser.COMMAND);
    assertThat(parser.consumed()).isEqualTo(rest.length);
  }

  @Test void largeArgument_withAWrongTerminator_isRefused() {
    parser.largeAbove(0);
    byte[] array = Bytes.of("*1\r\n$3\r\nabcXY");
    parser.parse(array, 0, array.length);
    parser.resumeAfterLarge(3);

    assertThatThrownBy(() -> parser.parse(array, 0, array.length))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Protocol error: expected CR LF after a bulk string, got 'X'");
  }

  @Test void largeArguments_countAgainstTheLongestRequest() {
    parser.largeAbove(4);
    parser.limits(Limits.DEFAULT.withRequestBytes(1000));
    byte[] first = Bytes.of("*2\r\n$900\r\n");
    parser.parse(first, 0, first.length);
    parser.resumeAfterLarge();
    byte[] second = Bytes.of("*2\r\n$900\r\n\r\n$90\r\n");

    assertThatThrownBy(() -> parser.parse(second, 0, second.length)).hasMessage("Protocol error: too big request");
  }

  @Test void parse_beforeTheLargeArgumentWasTaken_isACallersMistake() {
    parser.largeAbove(0);
    byte[] array = Bytes.of("*1\r\n$3\r\nabc\r\n");
    parser.parse(array, 0, array.length);

    assertThatThrownBy(() -> parser.parse(array, 0, array.length)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> parser.resumeAfterLarge(4))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("inArray must be within 0..3: was 4");
    assertThatThrownBy(() -> parser.resumeAfterLarge(-1)).isInstanceOf(IllegalArgumentException.class);
    parser.resumeAfterLarge(3);
    assertThatThrownBy(() -> parser.resumeAfterLarge(3)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> parser.largeAbove(-1)).hasMessage("largeAbove must be >= 0: was -1");
  }

  @Test void reset_whileTheArgumentIsWithTheCaller_startsAnew() {
    parser.largeAbove(0);
    byte[] array = Bytes.of("*1\r\n$3\r\nabc\r\n");
    parser.parse(array, 0, array.length);

    parser.reset();

    assertThat(parser.parse(array, 0, array.length)).isEqualTo(RequestParser.LARGE);
  }

  /** A server in small: command bytes in one array, large values straight to where they belong. */
  private static final class Server {
    final RequestParser parser = new RequestParser();
    final List<List<String>> commands = new ArrayList<>();
    private byte[] kept = {};
    private final List<byte[]> values = new ArrayList<>();
    private byte[] value;
    private int filled;

    void receive(byte[] bytes) {
      int at = 0;
      while (at < bytes.length || value != null && filled == value.length) {
        if (value != null) {
          int part = Math.min(bytes.length - at, value.length - filled);
          System.arraycopy(bytes, at, value, filled, part);
          filled += part;
          at += part;
          if (filled < value.length) {
            return;
          }
          values.add(value);
          value = null;
          parser.resumeAfterLarge();
        }
        byte[] all = java.util.Arrays.copyOf(kept, kept.length + bytes.length - at);
        System.arraycopy(bytes, at, all, kept.length, bytes.length - at);
        at = bytes.length - parse(all);
      }
    }

    /** Returns how many of the last bytes were not looked at, because they are a large value's. */
    private int parse(byte[] all) {
      int from = 0;
      int outcome;
      while ((outcome = parser.parse(all, from, all.length)) == RequestParser.COMMAND) {
        commands.add(command(all, from));
        from += parser.consumed();
      }
      if (outcome == RequestParser.LARGE) {
        kept = java.util.Arrays.copyOfRange(all, from, from + parser.consumedSoFar());
        value = new byte[parser.largeLength()];
        filled = 0;
        return all.length - from - parser.consumedSoFar();
      }
      kept = java.util.Arrays.copyOfRange(all, from, all.length);
      return 0;
    }

    private List<String> command(byte[] all, int from) {
      List<String> arguments = new ArrayList<>();
      for (int i = 0; i < parser.count(); i++) {
        arguments.add(parser.offset(i) < 0
            ? Bytes.text(values.remove(0)) : Bytes.text(all, from + parser.offset(i), parser.length(i)));
      }
      return arguments;
    }
  }

  @Test void randomPipelines_withLargeArgumentsCutAnywhere_giveTheArgumentsSent() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      GrowingOutput sent = new GrowingOutput();
      RequestWriter writer = new RequestWriter(sent);
      List<List<String>> expected = new ArrayList<>();
      for (int c = random.nextInt(4); c >= 0; c--) {
        List<String> arguments = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          arguments.add(Bytes.text(Bytes.random(random, random.nextInt(60))));
        }
        writer.command(arguments.size());
        arguments.forEach(argument -> writer.argument(Bytes.of(argument)));
        expected.add(arguments);
      }
      Server server = new Server();
      server.parser.largeAbove(random.nextInt(40));
      for (int at = 0; at < sent.size();) {
        int to = Math.min(sent.size(), at + 1 + random.nextInt(50));
        server.receive(java.util.Arrays.copyOfRange(sent.array(), at, to));
        at = to;
      }
      assertThat(server.commands).as("seed " + seed + " round " + round).isEqualTo(expected);
    }
  }
}
