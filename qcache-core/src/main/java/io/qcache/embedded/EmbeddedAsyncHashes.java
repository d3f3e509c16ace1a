package io.qcache.embedded;

import io.qcache.AsyncHashes;
import io.qcache.ExpireIf;
import io.qcache.Hashes;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Hashes returning futures: each operation's task, run when the turn says. */
record EmbeddedAsyncHashes<K, V>(HashTasks<K, V> tasks, Turn turn) implements AsyncHashes<K, V> {
  @Override public CompletableFuture<Optional<V>> get(K key, K field) {
    return turn.take(() -> tasks.get(key, field));
  }

  @Override public CompletableFuture<Map<K, V>> getAll(K key, Collection<? extends K> fields) {
    return turn.take(() -> tasks.getAll(key, fields));
  }

  @Override public CompletableFuture<Map<K, V>> entries(K key) {
    return turn.take(() -> tasks.entries(key));
  }

  @Override public CompletableFuture<Set<K>> fields(K key) {
    return turn.take(() -> tasks.fields(key));
  }

  @Override public CompletableFuture<List<V>> values(K key) {
    return turn.take(() -> tasks.values(key));
  }

  @Override public CompletableFuture<Long> size(K key) {
    return turn.take(() -> tasks.size(key));
  }

  @Override public CompletableFuture<Boolean> contains(K key, K field) {
    return turn.take(() -> tasks.contains(key, field));
  }

  @Override public CompletableFuture<Long> length(K key, K field) {
    return turn.take(() -> tasks.length(key, field));
  }

  @Override public CompletableFuture<Optional<K>> random(K key) {
    return turn.take(() -> tasks.random(key));
  }

  @Override public CompletableFuture<List<K>> random(K key, long count) {
    return turn.take(() -> tasks.random(key, count));
  }

  @Override public CompletableFuture<List<Map.Entry<K, V>>> randomEntries(K key, long count) {
    return turn.take(() -> tasks.randomEntries(key, count));
  }

  @Override public CompletableFuture<ScanPage<Map.Entry<K, V>>> scanPage(K key, long cursor, ScanOptions options) {
    return turn.take(() -> tasks.scanPage(key, cursor, options));
  }

  @Override public CompletableFuture<Boolean> set(K key, K field, V value) {
    return turn.take(() -> tasks.set(key, field, value));
  }

  @Override public CompletableFuture<Long> setAll(K key, Map<? extends K, ? extends V> entries) {
    return turn.take(() -> tasks.setAll(key, entries));
  }

  @Override public CompletableFuture<Boolean> setIfAbsent(K key, K field, V value) {
    return turn.take(() -> tasks.setIfAbsent(key, field, value));
  }

  @Override public CompletableFuture<Boolean> delete(K key, K field) {
    return turn.take(() -> tasks.delete(key, field));
  }

  @Override public CompletableFuture<Long> delete(K key, Collection<? extends K> fields) {
    return turn.take(() -> tasks.delete(key, fields));
  }

  @Override public CompletableFuture<Long> increment(K key, K field, long by) {
    return turn.take(() -> tasks.increment(key, field, by));
  }

  @Override public CompletableFuture<Double> increment(K key, K field, double by) {
    return turn.take(() -> tasks.increment(key, field, by));
  }

  @Override public CompletableFuture<TimeToLive> timeToLive(K key, K field) {
    return turn.take(() -> tasks.timeToLive(key, field));
  }

  @Override public CompletableFuture<Optional<Instant>> deadline(K key, K field) {
    return turn.take(() -> tasks.deadline(key, field));
  }

  @Override public CompletableFuture<Boolean> expire(K key, K field, Duration timeToLive, ExpireIf condition) {
    return turn.take(() -> tasks.expire(key, field, timeToLive, condition));
  }

  @Override public CompletableFuture<Boolean> expireAt(K key, K field, Instant deadline, ExpireIf condition) {
    return turn.take(() -> tasks.expireAt(key, field, deadline, condition));
  }

  @Override public CompletableFuture<Boolean> persist(K key, K field) {
    return turn.take(() -> tasks.persist(key, field));
  }
}
