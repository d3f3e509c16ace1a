package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.engine.Sink;

/**
 * The layout of a small collection, which is the value of an ordinary record:
 * <pre>
 *   0          1         3
 *   ┌──────────┬─────────┬─────────┬─────────┬┈
 *   │ encoding │ count   │ element │ element │          count: 2 bytes, little-endian
 *   └──────────┴─────────┴─────────┴─────────┴┈
 *   element = │ length: 7 bits a byte, the low ones first, the high bit says that more follow │ bytes │
 * </pre>
 * The encoding is the type's own byte: 0 while Redis would use its compact encoding.  A type may lay out its elements otherwise,
 * behind the three bytes.  {@link PackedBuffer} writes it.
 *
 * <p>Read under the stripe's read lock, where it is what was written; an index is an offset in the array.
 */
public final class Packed {
  /** Where the first element begins, from the value's start on. */
  public static final int HEADER_BYTES = 3;
  /** Elements that a count can say. */
  public static final int MOST_ELEMENTS = 0xffff;

  private Packed() {}

  /** The type's own byte. */
  public static int encoding(byte[] array, int start) {
    return array[start] & 0xff;
  }

  /** How many elements there are. */
  public static int count(byte[] array, int start) {
    return array[start + 1] & 0xff | (array[start + 2] & 0xff) << 8;
  }

  static void setCount(byte[] array, int start, int count) {
    array[start + 1] = (byte) count;
    array[start + 2] = (byte) (count >>> 8);
  }

  /** Points the slice at the element that begins at {@code at}; where the next one begins. */
  public static int element(byte[] array, int at, Slice into) {
    int length = array[at];
    int from = at + 1;
    if (length < 0) {
      length &= 0x7f;
      for (int shift = 7; ; shift += 7) {
        byte more = array[from++];
        length |= (more & 0x7f) << shift;
        if (more >= 0) {
          break;
        }
      }
    }
    into.wrap(array, from, length);
    return from + length;
  }

  /** Where the element behind the one at {@code at} begins. */
  public static int skip(byte[] array, int at) {
    int length = array[at];
    if (length >= 0) {
      return at + 1 + length;
    }
    length &= 0x7f;
    int from = at + 1;
    for (int shift = 7; ; shift += 7) {
      byte more = array[from++];
      length |= (more & 0x7f) << shift;
      if (more >= 0) {
        return from + length;
      }
    }
  }

  /** Where the element behind the next {@code elements} begins. */
  public static int skip(byte[] array, int at, int elements) {
    int next = at;
    for (int i = 0; i < elements; i++) {
      next = skip(array, next);
    }
    return next;
  }

  /**
   * Where the first element begins that equals the slice, of those {@code step} apart from {@code at} to before {@code end}; -1 where
   * none does.
   */
  public static int find(byte[] array, int at, int end, int step, Slice wanted) {
    int length = wanted.length();
    int prefix = lengthBytes(length);
    for (int next = at; next < end; next = skip(array, next, step)) {
      int behind = skip(array, next);
      if (behind - next == prefix + length && wanted.contentEquals(array, behind - length, length)) {
        return next;
      }
    }
    return -1;
  }

  /** How many bytes an element of that length takes. */
  public static int size(int length) {
    return lengthBytes(length) + length;
  }

  static int lengthBytes(int length) {
    return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5;
  }

  /** Writes what stands before the bytes of an element of that length; where they begin. */
  static int putLength(byte[] array, int at, int length) {
    int to = at;
    int left = length;
    while (left >= 1 << 7) {
      array[to++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    array[to++] = (byte) left;
    return to;
  }

  /** Gives the sink each element from {@code at} to before {@code end} as a value. */
  public static void give(byte[] array, int at, int end, Sink out) {
    Slice element = new Slice();
    for (int next = at; next < end; ) {
      next = element(array, next, element);
      out.value(array, element.offset(), element.length());
    }
  }
}
