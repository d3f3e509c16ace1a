package io.qcache.collection;

import io.qcache.engine.MemberVisitor;
import io.qcache.engine.Sink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How the scores of sorted sets are kept, and how members are ordered: by score, those of one score by their bytes.
 *
 * <p>In a packed set a score is the bytes of the double, the high ones first, without the zero bytes at its end, for small whole
 * numbers have many: 0 takes none, 1 to 31 two.  In a large one it is all 8 bytes, the low ones first.
 */
final class Score {
  /** Bytes of one that is not packed. */
  static final int BYTES = 8;

  private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Score() {}

  /** The bytes of the score when it is packed. */
  static int packedBytes(double score) {
    return BYTES - (Long.numberOfTrailingZeros(Double.doubleToRawLongBits(score)) >>> 3);
  }

  /** Writes it packed, in that many bytes. */
  static void pack(double score, byte[] into, int at, int bytes) {
    long bits = Double.doubleToRawLongBits(score);
    for (int i = 0; i < bytes; i++) {
      into[at + i] = (byte) (bits >>> 56 - (i << 3));
    }
  }

  /** Reads a packed one of that many bytes. */
  static double unpack(byte[] array, int at, int length) {
    if (at + BYTES <= array.length) {
      return Double.longBitsToDouble(length == 0 ? 0 : (long) BIG.get(array, at) & -1L << (BYTES - length << 3));
    }
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits |= (array[at + i] & 0xffL) << 56 - (i << 3);
    }
    return Double.longBitsToDouble(bits);
  }

  /** Gives each member as a value, and its score behind it as another, unpacked. */
  static MemberVisitor asValues(Sink out) {
    byte[] eight = new byte[BYTES];
    return (array, from, length, score) -> {
      out.value(array, from, length);
      put(score, eight, 0);
      out.value(eight, 0, BYTES);
    };
  }

  static void put(double score, byte[] into, int at) {
    LITTLE.set(into, at, Double.doubleToRawLongBits(score));
  }

  static double get(byte[] array, int at) {
    return Double.longBitsToDouble((long) LITTLE.get(array, at));
  }
}
