package io.qcache;

import java.util.OptionalLong;

/**
 * What can be asked of strings as rows of bits without changing them.  The first bit is the highest of the first byte.
 * An operation on a key that holds another type throws {@link WrongTypeException}.
 */
public interface BitReads<K> {
  /**
   * The bit at {@code offset}, zero behind the end.
   *
   * @throws OutOfRangeException where there can be no such bit, the first beyond 512 MiB or a negative one
   */
  boolean get(K key, long offset);

  /** How many bits are set. */
  default long count(K key) {
    return count(key, BitRange.all());
  }

  /** How many bits of the range are set. */
  long count(K key, BitRange range);

  /** Where the first bit of that kind is.  Zero bits follow a string without end, those of no other kind. */
  default OptionalLong find(K key, boolean bit) {
    return find(key, bit, BitRange.all());
  }

  /**
   * Where the first bit of that kind is in the range, counted from the string's beginning; empty where there is none,
   * or the range is empty.  A missing key is an endless row of zero bits whatever the range.
   */
  OptionalLong find(K key, boolean bit, BitRange range);

  /** The integer that the field holds; bits behind the string's end are zero. */
  long getField(K key, BitField field);
}
