package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@link Hashes} returning futures: the same operations, but the lazy scan. */
public interface AsyncHashes<K, V> {
  CompletableFuture<Optional<V>> get(K key, K field);

  CompletableFuture<Map<K, V>> getAll(K key, Collection<? extends K> fields);

  CompletableFuture<Map<K, V>> entries(K key);

  CompletableFuture<Set<K>> fields(K key);

  CompletableFuture<List<V>> values(K key);

  CompletableFuture<Long> size(K key);

  CompletableFuture<Boolean> contains(K key, K field);

  CompletableFuture<Long> length(K key, K field);

  CompletableFuture<TimeToLive> timeToLive(K key, K field);

  CompletableFuture<Optional<Instant>> deadline(K key, K field);

  CompletableFuture<Optional<K>> random(K key);

  CompletableFuture<List<K>> random(K key, long count);

  CompletableFuture<List<Map.Entry<K, V>>> randomEntries(K key, long count);

  CompletableFuture<ScanPage<Map.Entry<K, V>>> scanPage(K key, long cursor, ScanOptions options);

  CompletableFuture<Boolean> set(K key, K field, V value);

  CompletableFuture<Long> setAll(K key, Map<? extends K, ? extends V> entries);

  CompletableFuture<Boolean> setIfAbsent(K key, K field, V value);

  CompletableFuture<Boolean> delete(K key, K field);

  CompletableFuture<Long> delete(K key, Collection<? extends K> fields);

  default CompletableFuture<Boolean> expire(K key, K field, Duration timeToLive) {
    return expire(key, field, timeToLive, ExpireIf.ALWAYS);
  }

  CompletableFuture<Boolean> expire(K key, K field, Duration timeToLive, ExpireIf condition);

  default CompletableFuture<Boolean> expireAt(K key, K field, Instant deadline) {
    return expireAt(key, field, deadline, ExpireIf.ALWAYS);
  }

  CompletableFuture<Boolean> expireAt(K key, K field, Instant deadline, ExpireIf condition);

  CompletableFuture<Boolean> persist(K key, K field);

  default CompletableFuture<Long> increment(K key, K field) {
    return increment(key, field, 1);
  }

  CompletableFuture<Long> increment(K key, K field, long by);

  CompletableFuture<Double> increment(K key, K field, double by);
}
