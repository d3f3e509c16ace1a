package io.qcache.keyspace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-1-3 with a 128-bit key: who does not know the key cannot find keys that fall together.  Immutable.
 * (Aumasson, Bernstein: SipHash, a fast short-input PRF, 2012.)
 */
public final class SipHash {
  /** Apart, so that it is made with the first hash: a start that hashes nothing saves milliseconds. */
  private static final class Words {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  }

  private final long k0;
  private final long k1;

  public SipHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
  }

  public long hash(byte[] array, int offset, int length) {
    long v0 = k0 ^ 0x736f6d6570736575L;
    long v1 = k1 ^ 0x646f72616e646f6dL;
    long v2 = k0 ^ 0x6c7967656e657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    int end = offset + (length & ~7);
    for (int i = offset; ; i += 8) {
      long m = i < end ? (long) Words.LONG.get(array, i) : tail(array, end, length);
      v3 ^= m;
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32) + v3;
      v2 += v1;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= m;
      if (i >= end) {
        break;
      }
    }
    v2 ^= 0xff;
    for (int round = 0; round < 3; round++) {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32) + v3;
      v2 += v1;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** The last, partial word: up to seven bytes, and the length in the highest byte. */
  private static long tail(byte[] array, int from, int length) {
    long word = (long) length << 56;
    int left = length & 7;
    if (left == 0) {
      return word;
    }
    if (length > 8) { // the last eight bytes at once, without those that were hashed already
      return word | (long) Words.LONG.get(array, from + left - 8) >>> 64 - 8 * left;
    }
    for (int i = left - 1; i >= 0; i--) {
      word |= (array[from + i] & 0xffL) << (8 * i);
    }
    return word;
  }
}
