package io.qcache.client;

import io.qcache.AsyncKeys;
import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keys returning futures: each operation's command, sent as the sender does. */
record RemoteAsyncKeys<K>(Sender sender, KeyCommands<K> commands) implements AsyncKeys<K> {
  @Override public CompletableFuture<Boolean> exists(K key) {
    return sender.send(() -> commands.exists(key));
  }

  @Override public CompletableFuture<Long> countExisting(Collection<? extends K> keys) {
    return sender.send(() -> commands.countExisting(keys));
  }

  @Override public CompletableFuture<Optional<ValueType>> type(K key) {
    return sender.send(() -> commands.type(key));
  }

  @Override public CompletableFuture<TimeToLive> timeToLive(K key) {
    return sender.send(() -> commands.timeToLive(key));
  }

  @Override public CompletableFuture<Optional<Instant>> deadline(K key) {
    return sender.send(() -> commands.deadline(key));
  }

  @Override public CompletableFuture<Boolean> delete(K key) {
    return sender.send(() -> commands.delete(key));
  }

  @Override public CompletableFuture<Long> delete(Collection<? extends K> keys) {
    return sender.send(() -> commands.delete(keys));
  }

  @Override public CompletableFuture<Long> touch(Collection<? extends K> keys) {
    return sender.send(() -> commands.touch(keys));
  }

  @Override public CompletableFuture<Boolean> expire(K key, Duration timeToLive, ExpireIf condition) {
    return sender.send(() -> commands.expire(key, timeToLive, condition));
  }

  @Override public CompletableFuture<Boolean> expireAt(K key, Instant deadline, ExpireIf condition) {
    return sender.send(() -> commands.expireAt(key, deadline, condition));
  }

  @Override public CompletableFuture<Boolean> persist(K key) {
    return sender.send(() -> commands.persist(key));
  }

  @Override public CompletableFuture<Void> rename(K from, K to) {
    return sender.send(() -> commands.rename(from, to));
  }

  @Override public CompletableFuture<Boolean> renameIfAbsent(K from, K to) {
    return sender.send(() -> commands.renameIfAbsent(from, to));
  }

  @Override public CompletableFuture<Boolean> copy(K from, K to, CopyOptions options) {
    return sender.send(() -> commands.copy(from, to, options));
  }

  @Override public CompletableFuture<Boolean> move(K key, int database) {
    return sender.send(() -> commands.move(key, database));
  }

  @Override public CompletableFuture<Optional<K>> random() {
    return sender.send(() -> commands.random());
  }

  @Override public CompletableFuture<ScanPage<K>> scanPage(long cursor, ScanOptions options) {
    return sender.send(() -> commands.scanPage(cursor, options));
  }

  @Override public CompletableFuture<List<K>> matching(String glob) {
    return sender.send(() -> commands.matching(glob));
  }

  @Override public CompletableFuture<Long> size() {
    return sender.send(() -> commands.size());
  }

  @Override public CompletableFuture<Void> clear() {
    return sender.send(() -> commands.clear());
  }
}
