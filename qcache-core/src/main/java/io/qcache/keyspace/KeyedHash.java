package io.qcache.keyspace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash of keys: 64 bits under a secret key of 128, so that who does not know it cannot find keys that fall together.
 * Immutable.
 * <pre>
 *   up to 64 bytes   words of 8 bytes ─► NH: the sum of (w0 + k0)(w1 + k1), (w2 + k2)(w3 + k3) … mod 2^128 ─► fold to 64
 *   above            SipHash-1-3
 * </pre>
 * NH brings two different keys of one length to the same 128 bits for at most one secret in 2^64, whatever they are (Black,
 * Halevi, Krawczyk, Krovetz, Rogaway: UMAC, 1999; with 64-bit words: Dai, Krovetz: VHASH Security, 2007).  The fold, a
 * product whose halves are combined, is as in wyhash, but there is no constant in it that is not secret: a published one
 * has collisions that no seed removes.  (Products are signed, which NH does not mind: it adds its secrets.  Had it combined
 * them by xor, inverting all but the lowest bit of both words would negate both factors, a collision one time in four.)
 * The words of a key overlap where its length is no multiple of theirs.  The secrets are SipHash's of the first numbers.
 */
public final class KeyedHash {
  private static final int MOST_BYTES = 64;

  /** Apart, so that it is made with the first hash: a start that hashes nothing saves milliseconds. */
  private static final class Words {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  }

  private final SipHash ofLong;
  private final long ofLow;
  private final long ofHigh;
  private final long k0;
  private final long k1;
  private final long k2;
  private final long k3;
  private final long k4;
  private final long k5;
  private final long k6;
  private final long k7;

  public KeyedHash(long key0, long key1) {
    ofLong = new SipHash(key0, key1);
    ofLow = secret(0);
    ofHigh = secret(1);
    k0 = secret(2);
    k1 = secret(3);
    k2 = secret(4);
    k3 = secret(5);
    k4 = secret(6);
    k5 = secret(7);
    k6 = secret(8);
    k7 = secret(9);
  }

  private long secret(int number) {
    return ofLong.hash(new byte[] {(byte) number}, 0, 1);
  }

  /** The hash of {@code length} bytes from {@code offset} on. */
  public long hash(byte[] array, int offset, int length) {
    int end = offset + length;
    if (length > MOST_BYTES) {
      return ofLong.hash(array, offset, length);
    }
    if (length > 32) {
      return four(array, offset, end);
    }
    if (length > 16) {
      long x = word(array, offset) + k0;
      long y = word(array, offset + 8) + k1;
      long v = word(array, end - 16) + k2;
      long w = word(array, end - 8) + k3;
      long low = x * y + v * w;
      return fold(low, Math.multiplyHigh(x, y) + Math.multiplyHigh(v, w) + carry(low, v * w), length);
    }
    long x = (length < 8 ? few(array, offset, length) : word(array, offset)) + k0;
    long y = (length > 8 ? word(array, end - 8) : 0) + k1;
    return fold(x * y, Math.multiplyHigh(x, y), length);
  }

  private long four(byte[] array, int offset, int end) {
    long x = word(array, offset) + k0;
    long y = word(array, offset + 8) + k1;
    long low = x * y;
    long high = Math.multiplyHigh(x, y);
    x = word(array, offset + 16) + k2;
    y = word(array, offset + 24) + k3;
    low += x * y;
    high += Math.multiplyHigh(x, y) + carry(low, x * y);
    x = word(array, end - 32) + k4;
    y = word(array, end - 24) + k5;
    low += x * y;
    high += Math.multiplyHigh(x, y) + carry(low, x * y);
    x = word(array, end - 16) + k6;
    y = word(array, end - 8) + k7;
    low += x * y;
    return fold(low, high + Math.multiplyHigh(x, y) + carry(low, x * y), end - offset);
  }

  private long fold(long low, long high, int length) {
    long x = low ^ ofLow;
    long y = high ^ ofHigh ^ length;
    return x * y ^ Math.multiplyHigh(x, y);
  }

  private static long word(byte[] array, int at) {
    return (long) Words.LONG.get(array, at);
  }

  /** What a sum has carried to which that was added. */
  private static long carry(long sum, long added) {
    return Long.compareUnsigned(sum, added) < 0 ? 1 : 0;
  }

  /** Up to seven bytes as a word, another one for each content. */
  private static long few(byte[] array, int from, int length) {
    if (length >= 4) {
      return (int) Words.INT.get(array, from) & 0xffff_ffffL | (long) (int) Words.INT.get(array, from + length - 4) << 32;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word = word << 8 | array[from + i] & 0xff;
    }
    return word;
  }
}
