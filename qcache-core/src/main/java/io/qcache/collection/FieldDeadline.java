package io.qcache.collection;

import io.qcache.engine.Deadline;

/**
 * The deadline of a hash's field as it is packed: behind field and value, an element of 6 bytes, the milliseconds with the low
 * ones first, or of none where the field has no deadline.
 */
public final class FieldDeadline {
  /** The latest that there can be, in milliseconds: as in Redis. */
  public static final long MOST_MILLIS = (1L << 46) - 1;

  private static final int BYTES = 6;

  private FieldDeadline() {}

  /** The element; of {@link Deadline#NONE} an empty one. */
  static Form form(long millis) {
    if (millis == Deadline.NONE) {
      return Form.asItIs(Chunk.NOTHING, 0, 0);
    }
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (millis >>> 8 * i);
    }
    return Form.asItIs(bytes, 0, BYTES);
  }

  /** Of the element that begins there. */
  static long at(byte[] array, int at) {
    if (array[at] == 0) {
      return Deadline.NONE;
    }
    long millis = 0;
    for (int i = BYTES; i > 0; i--) {
      millis = millis << 8 | array[at + i] & 0xff;
    }
    return millis;
  }
}
