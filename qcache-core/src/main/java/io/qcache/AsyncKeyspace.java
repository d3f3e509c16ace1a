package io.qcache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A {@link Keyspace} whose operations return futures.  A failure is the future's, never thrown by the call. */
public interface AsyncKeyspace<K, V> {
  AsyncStrings<K, V> strings();

  AsyncBits<K> bits();

  AsyncKeys<K> keys();

  AsyncLists<K, V> lists();

  AsyncHashes<K, V> hashes();

  AsyncSets<K, V> sets();

  AsyncSortedSets<K, V> sortedSets();

  default CompletableFuture<Optional<V>> get(K key) {
    return strings().get(key);
  }

  default CompletableFuture<Void> set(K key, V value) {
    return strings().set(key, value);
  }

  default CompletableFuture<Optional<V>> getOrLoad(
      K key, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    return strings().getOrLoad(key, loader);
  }

  default CompletableFuture<Optional<V>> getOrLoad(
      K key, Duration timeToLive, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    return strings().getOrLoad(key, timeToLive, loader);
  }

  default CompletableFuture<Boolean> delete(K key) {
    return keys().delete(key);
  }

  default CompletableFuture<Boolean> exists(K key) {
    return keys().exists(key);
  }

  default CompletableFuture<Boolean> expire(K key, Duration timeToLive) {
    return keys().expire(key, timeToLive);
  }

  default CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys) {
    return strings().getAll(keys);
  }

  default CompletableFuture<Void> setAll(Map<? extends K, ? extends V> entries) {
    return strings().setAll(entries);
  }
}
