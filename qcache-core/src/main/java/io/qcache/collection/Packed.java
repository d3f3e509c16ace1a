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
 *   element = │ code │ what that does not say │                          as {@link Form} draws it
 * </pre>
 * The encoding is the type's own byte: 0 while Redis would use its compact encoding.  A type may lay out its elements otherwise,
 * behind the three bytes.  {@link PackedBuffer} writes it.
 *
 * <p>Read under the stripe's read lock, where it is what was written; an index is an offset in the array.
 */
public final class Packed {
  /** Where the first element begins, from the value's start on. */
  public static final int HEADER_BYTES = 3;
  /** What an element of less than 64,000 bytes takes at most beside them. */
  public static final int BESIDE_BYTES = 5;
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

  /** Points the slice at the element that begins at {@code at}, at its text where it is an integer; where the next one begins. */
  public static int element(byte[] array, int at, Slice into) {
    return at + 1 + Form.wrap(array[at], array, at + 1, into);
  }

  /** Where the element behind the one at {@code at} begins. */
  public static int skip(byte[] array, int at) {
    return at + 1 + Form.bytes(array[at], array, at + 1);
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
    Form form = Form.of(wanted);
    byte code = form.code();
    for (int next = at; next < end; next = skip(array, next, step)) {
      if (array[next] == code && form.isAt(array, next + 1, wanted)) {
        return next;
      }
    }
    return -1;
  }

  /** How many bytes an element of that length takes at most. */
  public static int size(int length) {
    return Form.mostBytes(length);
  }

  /** Writes the element, which takes a byte more than its form says; where it ends. */
  static int put(byte[] array, int at, Form element) {
    array[at] = element.code();
    element.put(array, at + 1);
    return at + 1 + element.bytes();
  }

  /** Gives the sink each element from {@code at} to before {@code end} as a value. */
  public static void give(byte[] array, int at, int end, Sink out) {
    Slice element = new Slice();
    for (int next = at; next < end; ) {
      next = element(array, next, element);
      out.value(element.array(), element.offset(), element.length());
    }
  }
}
