package io.qcache.client;

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

/** Hashes returning futures: each operation's command, sent as the sender does. */
record RemoteAsyncHashes<K, V>(Sender sender, HashCommands<K, V> commands) implements AsyncHashes<K, V> {
  @Override public CompletableFuture<Optional<V>> get(K key, K field) {
    return sender.send(() -> commands.get(key, field));
  }

  @Override public CompletableFuture<Map<K, V>> getAll(K key, Collection<? extends K> fields) {
    return sender.send(() -> commands.getAll(key, fields));
  }

  @Override public CompletableFuture<Map<K, V>> entries(K key) {
    return sender.send(() -> commands.entries(key));
  }

  @Override public CompletableFuture<Set<K>> fields(K key) {
    return sender.send(() -> commands.fields(key));
  }

  @Override public CompletableFuture<List<V>> values(K key) {
    return sender.send(() -> commands.values(key));
  }

  @Override public CompletableFuture<Long> size(K key) {
    return sender.send(() -> commands.size(key));
  }

  @Override public CompletableFuture<Boolean> contains(K key, K field) {
    return sender.send(() -> commands.contains(key, field));
  }

  @Override public CompletableFuture<Long> length(K key, K field) {
    return sender.send(() -> commands.length(key, field));
  }

  @Override public CompletableFuture<Optional<K>> random(K key) {
    return sender.send(() -> commands.random(key));
  }

  @Override public CompletableFuture<List<K>> random(K key, long count) {
    return sender.send(() -> commands.random(key, count));
  }

  @Override public CompletableFuture<List<Map.Entry<K, V>>> randomEntries(K key, long count) {
    return sender.send(() -> commands.randomEntries(key, count));
  }

  @Override public CompletableFuture<ScanPage<Map.Entry<K, V>>> scanPage(K key, long cursor, ScanOptions options) {
    return sender.send(() -> commands.scanPage(key, cursor, options));
  }

  @Override public CompletableFuture<Boolean> set(K key, K field, V value) {
    return sender.send(() -> commands.set(key, field, value));
  }

  @Override public CompletableFuture<Long> setAll(K key, Map<? extends K, ? extends V> entries) {
    return sender.send(() -> commands.setAll(key, entries));
  }

  @Override public CompletableFuture<Boolean> setIfAbsent(K key, K field, V value) {
    return sender.send(() -> commands.setIfAbsent(key, field, value));
  }

  @Override public CompletableFuture<Boolean> delete(K key, K field) {
    return sender.send(() -> commands.delete(key, field));
  }

  @Override public CompletableFuture<Long> delete(K key, Collection<? extends K> fields) {
    return sender.send(() -> commands.delete(key, fields));
  }

  @Override public CompletableFuture<Long> increment(K key, K field, long by) {
    return sender.send(() -> commands.increment(key, field, by));
  }

  @Override public CompletableFuture<Double> increment(K key, K field, double by) {
    return sender.send(() -> commands.increment(key, field, by));
  }

  @Override public CompletableFuture<TimeToLive> timeToLive(K key, K field) {
    return sender.send(() -> commands.timeToLive(key, field));
  }

  @Override public CompletableFuture<Optional<Instant>> deadline(K key, K field) {
    return sender.send(() -> commands.deadline(key, field));
  }

  @Override public CompletableFuture<Boolean> expire(K key, K field, Duration timeToLive, ExpireIf condition) {
    return sender.send(() -> commands.expire(key, field, timeToLive, condition));
  }

  @Override public CompletableFuture<Boolean> expireAt(K key, K field, Instant deadline, ExpireIf condition) {
    return sender.send(() -> commands.expireAt(key, field, deadline, condition));
  }

  @Override public CompletableFuture<Boolean> persist(K key, K field) {
    return sender.send(() -> commands.persist(key, field));
  }
}
