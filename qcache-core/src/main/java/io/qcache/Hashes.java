package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Keys that hold hashes: fields, each with a value.  Fields go by the codec of keys, values by that of values.  A hash is there
 * with its first field and goes with its last; a deadline by {@link Keys} is the whole hash's.  Every operation is atomic; all but those of
 * {@link HashReads#entries} and its like cost the same however many fields there are.
 *
 * <p>A key that holds another type is a {@link WrongTypeException}.
 */
public interface Hashes<K, V> extends HashReads<K, V> {
  /** Sets the field, and says whether it is new. */
  boolean set(K key, K field, V value);

  /** Sets all of the fields at one instant; how many are new. */
  long setAll(K key, Map<? extends K, ? extends V> entries);

  /** Sets the field if it is missing, and says whether it did. */
  boolean setIfAbsent(K key, K field, V value);

  /** Deletes the field, and says whether it was there. */
  boolean delete(K key, K field);

  /** Deletes the fields at one instant; how many were there. */
  long delete(K key, Collection<? extends K> fields);

  /** {@link #expire(Object, Object, Duration, ExpireIf)}, always. */
  default boolean expire(K key, K field, Duration timeToLive) {
    return expire(key, field, timeToLive, ExpireIf.ALWAYS);
  }

  /**
   * Lets the field live {@code timeToLive} from now, where the condition holds, and says whether it did; false where it is missing.
   * Zero or less deletes it.  What sets the field takes its deadline away, {@link #increment} leaves it.  A server must know
   * Redis 7.4's HPEXPIRE.
   *
   * @throws IllegalArgumentException for {@link ExpireIf#PRESENT_AND_EARLIER}, which fields do not have
   * @throws OutOfRangeException for a time after the year 4199
   */
  boolean expire(K key, K field, Duration timeToLive, ExpireIf condition);

  /** {@link #expireAt(Object, Object, Instant, ExpireIf)}, always. */
  default boolean expireAt(K key, K field, Instant deadline) {
    return expireAt(key, field, deadline, ExpireIf.ALWAYS);
  }

  /** Lets the field live until then, in milliseconds; the same as {@link #expire(Object, Object, Duration, ExpireIf)} otherwise. */
  boolean expireAt(K key, K field, Instant deadline, ExpireIf condition);

  /** Takes the field's deadline away, and says whether there was one. */
  boolean persist(K key, K field);

  /** {@link #increment(Object, Object, long)} by 1. */
  default long increment(K key, K field) {
    return increment(key, field, 1);
  }

  /**
   * Adds to the decimal number that the field's value is (0 where it is missing); the new number.
   *
   * @throws NotANumberException where the value is no 64-bit integer
   * @throws OutOfRangeException where the sum would be none; the value stays as it was
   */
  long increment(K key, K field, long by);

  /**
   * Adds to the decimal number that the field's value is (0 where it is missing); the new number, computed as by
   * {@link Strings#increment(Object, double)}.
   *
   * @throws NotANumberException where the value is no number, or {@code by} is none that is finite
   */
  double increment(K key, K field, double by);
}
