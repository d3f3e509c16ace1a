package io.qcache;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What can be asked of strings without changing them.  An operation on a key that holds another type throws
 * {@link WrongTypeException}.
 */
public interface StringReads<K, V> {
  /** The value, or empty where the key is missing. */
  Optional<V> get(K key);

  /**
   * Copies the value's bytes into {@code into} from {@code offset} on, allocating nothing for it.  Returns the value's
   * length, or -1 where the key is missing.  A value that does not fit is not copied at all: a length above
   * {@code into.length - offset} says how much room to come back with.
   */
  int get(K key, byte[] into, int offset);

  /**
   * The values of those of the keys that are there and hold a string, in the order of the keys.  All are read at one
   * instant.
   */
  Map<K, V> getAll(Collection<? extends K> keys);

  /** The value's length in bytes, 0 where the key is missing. */
  long length(K key);

  /**
   * The bytes from {@code first} to {@code last}, both inclusive and from 0; negative ones count from the end, -1 being
   * the last byte.  What lies outside is left away, so it may be empty.
   */
  V getRange(K key, long first, long last);

  /**
   * A longest row of bytes that both strings have in this order, with others between or not; of missing keys it is
   * empty.  Time goes with the product of the lengths, memory too.
   *
   * @throws OutOfRangeException where four times that product is above 512 MiB
   */
  V commonSubsequence(K first, K second);

  /** The length of {@link #commonSubsequence} in bytes, by less memory. */
  long commonSubsequenceLength(K first, K second);
}
