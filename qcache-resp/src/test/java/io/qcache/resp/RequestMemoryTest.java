package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestMemoryTest {
  private final RequestParser parser = new RequestParser();

  @Test void announcedArgumentsAndLengths_allocateNothing() {
    byte[] arguments = Bytes.of("*1000000\r\n$3");
    byte[] most = Bytes.of("*2147483647\r\n$3");
    byte[] bulk = Bytes.of("*1\r\n$536870912\r\nabc");
    Runnable announce = () -> {
      for (byte[] stream : new byte[][] {arguments, most, bulk}) {
        parser.reset();
        assertThat(parser.parse(stream, 0, stream.length) == RequestParser.NEED_MORE).isTrue();
      }
    };
    announce.run();

    assertThat(Allocation.of(announce)).isLessThan(10_000);
    assertThat(parser.spans()).hasSizeLessThanOrEqualTo(16);
  }

  @Test void spans_growWithReceivedArguments_andShrinkBack() {
    byte[] stream = Bytes.of("*1000000\r\n" + "$1\r\na\r\n".repeat(1_000_000));

    assertThat(parser.parse(stream, 0, 10 + 7 * 1000)).isEqualTo(RequestParser.NEED_MORE);
    assertThat(parser.spans()).hasSize(2048);
    assertThat(parser.parse(stream, 0, stream.length)).isEqualTo(RequestParser.COMMAND);
    assertThat(parser.count()).isEqualTo(1_000_000);
    assertThat(parser.offset(999_999)).isEqualTo(stream.length - 3);
    assertThat(parser.parse(Bytes.of("PING\r\n"), 0, 6)).isEqualTo(RequestParser.COMMAND);
    assertThat(parser.spans()).hasSize(16);
  }

  @Test void arrayOfALongLine_isGivenBack() {
    byte[] line = Bytes.of("x".repeat(60_000) + "\n");
    parser.parse(line, 0, line.length);
    assertThat(parser.array(line)).hasSize(60_000);

    byte[] ping = Bytes.of("PING\n");
    parser.parse(ping, 0, ping.length);

    assertThat(parser.array(ping)).hasSize(4);
  }

  @Test void parsing_allocatesNothing() {
    GrowingOutput out = new GrowingOutput();
    RequestWriter writer = new RequestWriter(out);
    for (int i = 0; i < 200; i++) {
      writer.command(3);
      writer.argument("SET");
      writer.argument(i);
      writer.argument(new byte[i]);
    }
    byte[] line = Bytes.of("set \"a b\" c\r\n");
    out.bytes(line, 0, line.length);
    byte[] stream = out.toByteArray();
    Runnable parse = () -> {
      for (int round = 0; round < 200; round++) {
        for (int from = 0; from < stream.length; from += parser.consumed()) {
          parser.parse(stream, from, stream.length - 1); // once cut in two
          parser.parse(stream, from, stream.length);
        }
      }
    };
    parse.run();

    // 40,200 commands: a byte each would be seen.
    assertThat(Allocation.of(parse)).isLessThan(10_000);
  }

  @Test void commandOfManyArguments_byteByByte_isNotScannedTwice() {
    // 1.4 million bytes: looking at all of them again at each byte would be 10^12 looks.
    byte[] stream = Bytes.of("*200000\r\n" + "$1\r\na\r\n".repeat(200_000));
    for (int to = 1; to < stream.length; to++) {
      assertThat(parser.parse(stream, 0, to) == RequestParser.NEED_MORE).isTrue();
    }
    assertThat(parser.parse(stream, 0, stream.length)).isEqualTo(RequestParser.COMMAND);
  }

  @Test void longLinesAndHeaders_byteByByte_areNotScannedTwice() {
    for (String start : new String[] {"*", "*1\r\n$", "x"}) {
      byte[] stream = Bytes.of(start + "1".repeat(65_000));
      parser.reset();
      for (int round = 0; round < 20; round++) {
        parser.reset();
        for (int to = 1; to <= stream.length; to++) {
          parser.parse(stream, 0, to);
        }
      }
      assertThat(parser.consumedSoFar()).isEqualTo(stream.length);
    }
  }
}
