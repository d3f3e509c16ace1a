package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipHashTest {
  private static final long K0 = 0x0706050403020100L; // the paper's key 00 01 … 0f
  private static final long K1 = 0x0f0e0d0c0b0a0908L;

  @Test void theEmptyMessage_underThePapersKey_hasTheKnownHash() {
    assertThat(new SipHash(K0, K1).hash(new byte[0], 0, 0)).isEqualTo(0xabac0158050fc4dcL);
  }

  @Test void theReference_isSipHash_asThePapersVectorOf24Shows() { // appendix A: 15 bytes 00 … 0e
    byte[] message = new byte[15];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }
    assertThat(reference(2, 4, K0, K1, message)).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test void hash_isSipHash13_forEveryLengthAndPlace() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] message = new byte[i < 300 ? i : random.nextInt(70)];
      random.nextBytes(message);
      long k0 = random.nextLong();
      long k1 = random.nextLong();
      int offset = random.nextInt(9);
      byte[] around = new byte[offset + message.length + random.nextInt(9)];
      random.nextBytes(around);
      System.arraycopy(message, 0, around, offset, message.length);
      assertThat(new SipHash(k0, k1).hash(around, offset, message.length))
          .as("%d bytes at %d, seed %d", message.length, offset, seed)
          .isEqualTo(reference(1, 3, k0, k1, message));
    }
  }

  /** The paper's section 2, line by line: c rounds a word, d rounds at the end. */
  private static long reference(int c, int d, long k0, long k1, byte[] message) {
    long[] v = {k0 ^ 0x736f6d6570736575L, k1 ^ 0x646f72616e646f6dL, k0 ^ 0x6c7967656e657261L, k1 ^ 0x7465646279746573L};
    byte[] padded = Arrays.copyOf(message, (message.length / 8 + 1) * 8);
    padded[padded.length - 1] = (byte) message.length;
    ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      long m = words.getLong();
      v[3] ^= m;
      rounds(v, c);
      v[0] ^= m;
    }
    v[2] ^= 0xff;
    rounds(v, d);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void rounds(long[] v, int count) {
    for (int i = 0; i < count; i++) {
      v[0] += v[1];
      v[2] += v[3];
      v[1] = Long.rotateLeft(v[1], 13);
      v[3] = Long.rotateLeft(v[3], 16);
      v[1] ^= v[0];
      v[3] ^= v[2];
      v[0] = Long.rotateLeft(v[0], 32);
      v[2] += v[1];
      v[0] += v[3];
      v[1] = Long.rotateLeft(v[1], 17);
      v[3] = Long.rotateLeft(v[3], 21);
      v[1] ^= v[2];
      v[3] ^= v[0];
      v[2] = Long.rotateLeft(v[2], 32);
    }
  }
}
