package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@link Keys} returning futures: the same operations, but the lazy scan. */
public interface AsyncKeys<K> {
  CompletableFuture<Boolean> exists(K key);

  CompletableFuture<Long> countExisting(Collection<? extends K> keys);

  CompletableFuture<Optional<ValueType>> type(K key);

  CompletableFuture<TimeToLive> timeToLive(K key);

  CompletableFuture<Optional<Instant>> deadline(K key);

  CompletableFuture<Boolean> delete(K key);

  CompletableFuture<Long> delete(Collection<? extends K> keys);

  CompletableFuture<Long> touch(Collection<? extends K> keys);

  default CompletableFuture<Boolean> expire(K key, Duration timeToLive) {
    return expire(key, timeToLive, ExpireIf.ALWAYS);
  }

  CompletableFuture<Boolean> expire(K key, Duration timeToLive, ExpireIf condition);

  default CompletableFuture<Boolean> expireAt(K key, Instant deadline) {
    return expireAt(key, deadline, ExpireIf.ALWAYS);
  }

  CompletableFuture<Boolean> expireAt(K key, Instant deadline, ExpireIf condition);

  CompletableFuture<Boolean> persist(K key);

  CompletableFuture<Void> rename(K from, K to);

  CompletableFuture<Boolean> renameIfAbsent(K from, K to);

  default CompletableFuture<Boolean> copy(K from, K to) {
    return copy(from, to, CopyOptions.ifAbsent());
  }

  CompletableFuture<Boolean> copy(K from, K to, CopyOptions options);

  CompletableFuture<Boolean> move(K key, int database);

  CompletableFuture<Optional<K>> random();

  CompletableFuture<ScanPage<K>> scanPage(long cursor, ScanOptions options);

  CompletableFuture<List<K>> matching(String glob);

  CompletableFuture<Long> size();

  CompletableFuture<Void> clear();
}
