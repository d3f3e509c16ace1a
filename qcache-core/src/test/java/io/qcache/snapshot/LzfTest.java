package io.qcache.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LzfTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Lzf lzf = new Lzf();

  private byte[] some() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 100_000 : 200)];
    int different = 1 + random.nextInt(256);
    for (int i = 0; i < bytes.length; ) {
      int run = Math.min(bytes.length - i, random.nextInt(300) + 1);
      if (i > 0 && random.nextBoolean()) {
        int from = i - 1 - random.nextInt(Math.min(i, 10_000));
        for (int j = 0; j < run; j++) {
          bytes[i + j] = bytes[from + j];
        }
      } else {
        for (int j = 0; j < run; j++) {
          bytes[i + j] = (byte) random.nextInt(different);
        }
      }
      i += run;
    }
    return bytes;
  }

  @Test void whatIsCompressed_expandsToWhatItWas() {
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = some();
      byte[] around = new byte[bytes.length + 7];
      System.arraycopy(bytes, 0, around, 3, bytes.length);
      byte[] into = new byte[bytes.length + bytes.length / 20 + 16];
      int length = lzf.compress(around, 3, bytes.length, into, into.length);
      assertThat(Lzf.expand(into, 0, length, bytes.length)).as("seed %d round %d", seed, round).startsWith(bytes);
    }
  }

  @Test void whatDoesNotGetShorter_isNotCompressed() {
    byte[] bytes = new byte[1_000];
    random.nextBytes(bytes);
    assertThat(lzf.compress(bytes, 0, bytes.length, new byte[1_000], 996)).as("seed %d", seed).isZero();
  }

  @Test void theFormatIsRedisS() {
    byte[] zeros = {0, 'a', (byte) 0xe0, 2, 0}; // one byte as it is, then 11 more from one place back
    assertThat(Lzf.expand(zeros, 0, zeros.length, 12)).startsWith("aaaaaaaaaaaa".getBytes(US_ASCII));
    byte[] twice = {2, 'a', 'b', 'c', 0x20, 2}; // three as they are, then the same three
    assertThat(Lzf.expand(twice, 0, twice.length, 6)).startsWith("abcabc".getBytes(US_ASCII));
  }

  @Test void damageIsSeen_orStaysWithinTheLength() {
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = some();
      byte[] into = new byte[bytes.length + bytes.length / 20 + 16];
      int length = lzf.compress(bytes, 0, bytes.length, into, into.length);
      if (length == 0) {
        continue;
      }
      into[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
      byte[] expanded = Lzf.expand(into, 0, random.nextInt(length) + 1, bytes.length);
      assertThat(expanded == null || expanded.length >= bytes.length).isTrue();
    }
    assertThat(Lzf.expand(new byte[] {31}, 0, 1, 32)).isNull();
    assertThat(Lzf.expand(new byte[] {0, 1, 0x20, 9}, 0, 4, 4)).isNull();
  }

  @Test void nothingIsSizedByAnAnnouncedLength() {
    assertThat(Lzf.expand(new byte[] {0, 1}, 0, 2, Integer.MAX_VALUE - 8)).isNull();
  }

  @Test void theChecksumIsRedisS() {
    byte[] digits = "123456789".getBytes(US_ASCII);
    assertThat(Crc64.update(0, digits, 0, 9)).isEqualTo(0xe9c6d914c4b8d9caL);
    byte[] many = some();
    int cut = random.nextInt(many.length + 1);
    long whole = Crc64.update(0, many, 0, many.length);
    assertThat(Crc64.update(Crc64.update(0, many, 0, cut), many, cut, many.length - cut)).as("seed %d", seed).isEqualTo(whole);
  }
}
