package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyMemoryTest {
  @Test void announcedLengthsAndSizes_allocateNothing() {
    byte[] stream = Bytes.of("*2147483647\r\n%2147483647\r\n$536870912\r\nabc");
    Runnable announce = () -> new ReplyReader().feed(stream, 0, stream.length);
    announce.run();

    assertThat(Allocation.of(announce)).isLessThan(10_000);
  }

  @Test void bulkInPieces_takesNoMoreThanTwiceWhatCame_andIsNotCopiedAtItsEnd() {
    ReplyReader reader = new ReplyReader();
    byte[] header = Bytes.of("$100000000\r\n");
    byte[] piece = new byte[1000];
    reader.feed(header, 0, header.length);
    reader.feed(piece, 0, piece.length);

    // 1 MB received in pieces: arrays of 1000, 2000, 4000 ... bytes.
    assertThat(Allocation.of(() -> {
      for (int i = 1; i < 1000; i++) {
        reader.feed(piece, 0, piece.length);
      }
    })).isBetween(1_000_000L, 2_200_000L);
  }

  @Test void bulkInPieces_isTheArrayItself_whenItsLengthWasAnnounced() {
    ReplyReader reader = new ReplyReader();
    byte[] header = Bytes.of("$1000000\r\n");
    byte[] rest = new byte[900_000];
    rest[899_999] = 7;
    byte[] end = Bytes.of("\r\n");
    reader.feed(header, 0, header.length);
    reader.feed(new byte[100_000], 0, 100_000);

    long allocated = Allocation.of(() -> {
      reader.feed(rest, 0, rest.length);
      reader.feed(end, 0, 2);
    });

    assertThat(reader.poll().asBytes()).hasSize(1_000_000).endsWith(7);
    assertThat(allocated).isBetween(1_000_000L, 1_010_000L);
  }

  @Test void events_ofAHugeBulk_allocateNothing() {
    ReplyParser parser = new ReplyParser();
    byte[] header = Bytes.of("$536870912\r\n");
    byte[] piece = new byte[1 << 20];
    byte[] end = Bytes.of("\r\n");
    Runnable stream = () -> {
      parser.next(header, 0, header.length);
      for (int i = 0; i < 512; i++) {
        parser.next(piece, 0, piece.length);
      }
      parser.next(end, 0, 2);
      assert parser.complete();
    };
    stream.run();

    assertThat(Allocation.of(stream)).isLessThan(2_000);
  }

  @Test void endlessLine_isRefused_beforeItIsKept() {
    ReplyReader reader = new ReplyReader();
    byte[] line = new byte[1 << 20];
    line[0] = '+';

    assertThat(Allocation.of(() -> {
      try {
        reader.feed(line, 0, line.length);
        throw new AssertionError("not refused");
      } catch (ProtocolException e) {
        assertThat(e.offset()).isEqualTo(65_538);
      }
    })).isLessThan(200_000);
  }
}
