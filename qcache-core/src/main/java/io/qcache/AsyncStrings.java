package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@link Strings} returning futures: the same operations, but those that run the caller's code again and again. */
public interface AsyncStrings<K, V> {
  CompletableFuture<Optional<V>> get(K key);

  CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys);

  CompletableFuture<Long> length(K key);

  CompletableFuture<V> getRange(K key, long first, long last);

  CompletableFuture<V> commonSubsequence(K first, K second);

  CompletableFuture<Long> commonSubsequenceLength(K first, K second);

  CompletableFuture<Void> set(K key, V value);

  CompletableFuture<Void> set(K key, V value, Duration timeToLive);

  CompletableFuture<Boolean> set(K key, V value, SetOptions options);

  CompletableFuture<Optional<V>> getAndSet(K key, V value, SetOptions options);

  default CompletableFuture<Optional<V>> getAndSet(K key, V value) {
    return getAndSet(key, value, SetOptions.always());
  }

  default CompletableFuture<Boolean> setIfAbsent(K key, V value) {
    return set(key, value, SetOptions.ifAbsent());
  }

  CompletableFuture<Optional<V>> getAndDelete(K key);

  CompletableFuture<Optional<V>> getAndExpire(K key, Duration timeToLive);

  CompletableFuture<Optional<V>> getAndExpireAt(K key, Instant deadline);

  CompletableFuture<Optional<V>> getAndPersist(K key);

  CompletableFuture<Void> setAll(Map<? extends K, ? extends V> entries);

  CompletableFuture<Boolean> setAllIfAbsent(Map<? extends K, ? extends V> entries);

  CompletableFuture<Long> append(K key, V tail);

  CompletableFuture<Long> setRange(K key, long offset, V bytes);

  default CompletableFuture<Long> increment(K key) {
    return increment(key, 1);
  }

  CompletableFuture<Long> increment(K key, long by);

  default CompletableFuture<Long> decrement(K key) {
    return decrement(key, 1);
  }

  CompletableFuture<Long> decrement(K key, long by);

  CompletableFuture<Double> increment(K key, double by);

  /** {@link #getOrLoad(Object, Duration, Function)} of a value that lives until it is changed or deleted. */
  CompletableFuture<Optional<V>> getOrLoad(
      K key, Function<? super K, ? extends CompletionStage<? extends V>> loader);

  /**
   * {@link Strings#getOrLoad(Object, Duration, Function)} with a loader that hands out a stage: nobody waits.  Calls of
   * both kinds share their loads.  The loader is called on the caller's thread, or remotely on one of the JDK's common
   * pool; callers wait for its stage however long that takes, so bound it ({@code orTimeout}).  A stage that waits for a
   * load of its own key waits for ever.
   *
   * <p>Only of {@link Keyspace#async}: in a pipeline or transaction, whose futures complete with it, the future's
   * failure is an UnsupportedOperationException.
   */
  CompletableFuture<Optional<V>> getOrLoad(
      K key, Duration timeToLive, Function<? super K, ? extends CompletionStage<? extends V>> loader);
}
