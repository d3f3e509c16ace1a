package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Strings: runs of bytes up to 512 MiB, which are also counters.  Every operation is atomic.
 *
 * <p>Times to live have millisecond resolution; a part of a millisecond counts as a whole one.
 */
public interface Strings<K, V> extends StringReads<K, V> {
  /** Sets the value, whatever the key held, and takes its deadline away. */
  void set(K key, V value);

  /**
   * Sets the value to go after {@code timeToLive}.
   *
   * @throws OutOfRangeException unless it is positive
   */
  void set(K key, V value, Duration timeToLive);

  /** Sets the value if the options' condition holds, and says whether it did. */
  boolean set(K key, V value, SetOptions options);

  /** Sets the value if the options' condition holds, and returns the value before, whether it was set or not. */
  Optional<V> getAndSet(K key, V value, SetOptions options);

  /** Sets the value, and returns the one before. */
  default Optional<V> getAndSet(K key, V value) {
    return getAndSet(key, value, SetOptions.always());
  }

  /** Sets the value if the key is missing, and says whether it did. */
  default boolean setIfAbsent(K key, V value) {
    return set(key, value, SetOptions.ifAbsent());
  }

  /** Deletes the key and returns its value. */
  Optional<V> getAndDelete(K key);

  /**
   * Returns the value and lets it live {@code timeToLive} from now; throws {@link OutOfRangeException} unless positive.
   */
  Optional<V> getAndExpire(K key, Duration timeToLive);

  /** Returns the value and lets it live until {@code deadline}; one in the past deletes it. */
  Optional<V> getAndExpireAt(K key, Instant deadline);

  /** Returns the value and takes its deadline away. */
  Optional<V> getAndPersist(K key);

  /** Sets all of them at one instant. */
  void setAll(Map<? extends K, ? extends V> entries);

  /** Sets all of them at one instant if none of the keys exists, and says whether it did. */
  boolean setAllIfAbsent(Map<? extends K, ? extends V> entries);

  /** Appends to the value (the empty one where the key is missing), keeps the deadline; the new length in bytes. */
  long append(K key, V tail);

  /**
   * Overwrites the bytes from {@code offset} on, filling a gap with zero bytes; keeps the deadline.  The new length in
   * bytes.
   *
   * @throws OutOfRangeException for a negative offset, and where the value would grow beyond 512 MiB
   */
  long setRange(K key, long offset, V bytes);

  /** {@link #increment(Object, long)} by 1. */
  default long increment(K key) {
    return increment(key, 1);
  }

  /**
   * Adds to the decimal number that the value is (0 where the key is missing), keeps the deadline; the new number.
   *
   * @throws NotANumberException where the value is no 64-bit integer
   * @throws OutOfRangeException where the sum would be none; the value stays as it was
   */
  long increment(K key, long by);

  /** {@link #decrement(Object, long)} by 1. */
  default long decrement(K key) {
    return decrement(key, 1);
  }

  /** Like {@link #increment(Object, long)}, downwards. */
  long decrement(K key, long by);

  /**
   * Adds to the decimal number that the value is (0 where the key is missing), keeps the deadline; the new number.  It
   * is computed with a 64-bit significand and kept with at most 17 digits after the point, as Redis does on x86.
   *
   * @throws NotANumberException where the value or {@code by} is no number
   * @throws OutOfRangeException where the sum would be infinite
   */
  double increment(K key, double by);

  /**
   * Replaces the value by what {@code change} makes of it (empty: missing, or delete it), keeps the deadline; the new
   * value.  Optimistic as {@link Keyspace#atomically} is, so {@code change} may run more than once and runs outside all
   * locks.
   *
   * @throws ConflictException after 64 conflicts
   */
  Optional<V> compute(K key, UnaryOperator<Optional<V>> change);

  /**
   * The value, or if the key is missing the one that {@code make} makes of the key, which is then set.  Of several
   * callers at once one value wins and all return it; {@code make} may run more than once.
   */
  V computeIfAbsent(K key, Function<? super K, ? extends V> make);

  /** {@link #getOrLoad(Object, Duration, Function)} of a value that lives until it is changed or deleted. */
  Optional<V> getOrLoad(K key, Function<? super K, ? extends V> loader);

  /**
   * The value, or if the key is missing the one that {@code loader} makes of the key, which is then kept for
   * {@code timeToLive}: a cache in front of a slower source.  Where the value is there, this is {@link #get}.
   *
   * <p><b>One load a key</b> at a time, however many callers of this cache ask for it (of this client, through a remote
   * door: other processes load for themselves).  One of them runs the loader, on its own thread and outside all locks;
   * the others wait for what it brings, without a limit of time but the loader's own, and each gets a value that its
   * codec has made of the same bytes.
   *
   * <p><b>Nothing is cached</b> where the loader returns null, which says that there is no such value and makes the
   * result empty, nor where it throws: then every caller that waited gets the very exception, and the next call loads
   * again.  A value that the store refuses, for want of room say, is returned all the same.
   *
   * <p><b>A change overtakes a load.</b>  If the key is set, changed or deleted while its load runs, be it the deletion
   * of nothing, the callers until then get what was loaded, but it is not cached; a call made after the change waits
   * for that load to end and gets the new value, or loads afresh.  So to change the source first and delete the key
   * then leaves no old value behind.  Remotely this holds for what this client does; of what others do to the key, a
   * load sees only whether it is there at its end.
   *
   * <p><b>Waiting</b> ends by {@link ClosedException} when the cache is closed, and by {@link QCacheException} when the
   * caller's thread is interrupted, whose flag stays set; the load goes on for the others.  A loader may load other keys.
   * If that makes a circle, be it over several threads, its last call throws IllegalStateException instead of waiting
   * for ever; but circles through futures are not seen.
   *
   * @param timeToLive from when the value is stored
   * @param loader     called at most once a call; null for none
   * @throws OutOfRangeException unless {@code timeToLive} is positive
   */
  Optional<V> getOrLoad(K key, Duration timeToLive, Function<? super K, ? extends V> loader);

  /** Sets {@code value} if the key is missing, otherwise what {@code join} makes of the old value and this one. */
  default V merge(K key, V value, BinaryOperator<V> join) {
    return compute(key, old -> Optional.of(old.isPresent() ? join.apply(old.get(), value) : value)).orElseThrow();
  }
}
