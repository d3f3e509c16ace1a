package io.qcache.keyspace;

import io.qcache.ValueType;
import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import java.util.Arrays;

/** A key and what it holds.  Guarded by its stripe: read under the read lock, changed under the write lock. */
public final class Entry {
  final Slice key;
  final long hash;
  private ValueType type;
  private byte[] value; // only the first `length` bytes count
  private int length;
  long deadlineMillis = Deadline.NONE;
  int heapIndex = DeadlineHeap.OUTSIDE;

  Entry(Slice key, long hash) {
    this.key = key;
    this.hash = hash;
  }

  public Slice key() {
    return key;
  }

  public ValueType type() {
    return type;
  }

  /** The array whose first {@link #length} bytes are the value; the stripe's own. */
  public byte[] value() {
    return value;
  }

  public int length() {
    return length;
  }

  /** Milliseconds of the cache's clock, or {@link Deadline#NONE}. */
  public long deadlineMillis() {
    return deadlineMillis;
  }

  /**
   * Replaces value and type by a copy of the bytes, in place where they fit without waste.  A fresh entry takes what lies
   * behind the array's end as zeros.
   */
  public void set(ValueType newType, byte[] array, int offset, int newLength) {
    boolean fits = value != null && newLength <= value.length && value.length - newLength <= value.length / 4;
    if (fits) {
      System.arraycopy(array, offset, value, 0, newLength);
    } else {
      value = Arrays.copyOfRange(array, offset, offset + newLength);
    }
    type = newType;
    length = newLength;
  }

  /** Makes it {@code newLength} bytes long, zero bytes behind the old ones; the room grows by half where it must. */
  public void grow(int newLength) {
    if (newLength > value.length) {
      value = Arrays.copyOf(value, (int) Math.max(newLength, Math.min(value.length * 3L / 2, Integer.MAX_VALUE - 8)));
    }
    Arrays.fill(value, length, newLength, (byte) 0); // a longer value may have left something there
    length = newLength;
  }
}
