package io.qcache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A typed view of one database, embedded or remote: cheap to make, thread-safe, and not closed by itself.  Its
 * operations stand in groups, one a data type; the everyday ones are here as well.
 *
 * <p>Every single operation is atomic, those over many keys too.  Nothing takes or returns null: a null argument is a
 * NullPointerException, an absent value an empty Optional.  Failures are {@link QCacheException}s, the same through
 * both doors.
 */
public interface Keyspace<K, V> {
  Strings<K, V> strings();

  /** Strings as rows of bits. */
  Bits<K> bits();

  Keys<K> keys();

  Lists<K, V> lists();

  Hashes<K, V> hashes();

  Sets<K, V> sets();

  SortedSets<K, V> sortedSets();

  /** The same database seen through other codecs. */
  <A, B> Keyspace<A, B> as(Codec<A> keys, Codec<B> values);

  /**
   * The same groups returning futures.  Embedded they come back completed; remotely they complete as the replies
   * arrive, in order, on the connection's thread, so continue long work with the {@code …Async} methods of the future.
   */
  AsyncKeyspace<K, V> async();

  /**
   * Sends everything the body asks for in one go.  The futures complete when the body has returned; waiting for one
   * inside it throws IllegalStateException, and so does an operation asked of the pipeline after it.  Not atomic:
   * others' operations may come between.  A body that throws has sent nothing.
   *
   * <p>Each operation fails or succeeds by itself, seen in its future.
   */
  <R> R pipeline(Function<? super AsyncKeyspace<K, V>, R> body);

  /**
   * Runs the body as one atomic step, optimistically: {@code keys} are watched before it runs, other keys before their
   * first read; it runs without any lock, reading at once and queueing its writes; then the queue is applied as one,
   * unless a watched key has changed meanwhile, in which case the body runs again, up to 64 times in all.  So it may
   * run more than once and should do nothing else that cannot be repeated.
   *
   * <p>Futures of its writes complete when the queue has been applied; waiting for one inside the body throws
   * IllegalStateException, and so does reading a key that the same body has written.  A body that throws changes
   * nothing.  As in Redis, an operation that fails does not undo the others: it is seen in its future.
   *
   * @throws ConflictException when the body met a conflict 64 times
   */
  <R> R atomically(Collection<? extends K> keys, Function<? super Transaction<K, V>, R> body);

  /** {@link Strings#get(Object)}. */
  default Optional<V> get(K key) {
    return strings().get(key);
  }

  /** {@link Strings#set(Object, Object)}. */
  default void set(K key, V value) {
    strings().set(key, value);
  }

  /** {@link Strings#getOrLoad(Object, Function)}. */
  default Optional<V> getOrLoad(K key, Function<? super K, ? extends V> loader) {
    return strings().getOrLoad(key, loader);
  }

  /** {@link Strings#getOrLoad(Object, Duration, Function)}: one load a key, however many ask. */
  default Optional<V> getOrLoad(K key, Duration timeToLive, Function<? super K, ? extends V> loader) {
    return strings().getOrLoad(key, timeToLive, loader);
  }

  /** {@link Keys#delete(Object)}. */
  default boolean delete(K key) {
    return keys().delete(key);
  }

  /** {@link KeyReads#exists(Object)}. */
  default boolean exists(K key) {
    return keys().exists(key);
  }

  /** {@link Keys#expire(Object, Duration)}. */
  default boolean expire(K key, Duration timeToLive) {
    return keys().expire(key, timeToLive);
  }

  /** {@link Strings#getAll(Collection)}. */
  default Map<K, V> getAll(Collection<? extends K> keys) {
    return strings().getAll(keys);
  }

  /** {@link Strings#setAll(Map)}. */
  default void setAll(Map<? extends K, ? extends V> entries) {
    strings().setAll(entries);
  }
}
