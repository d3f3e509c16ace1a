package io.qcache.embedded;

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

/** Keys returning futures: each operation's task, run when the turn says. */
record EmbeddedAsyncKeys<K>(KeyTasks<K> tasks, Turn turn) implements AsyncKeys<K> {
  @Override public CompletableFuture<Boolean> exists(K key) {
    return turn.take(() -> tasks.exists(key));
  }

  @Override public CompletableFuture<Long> countExisting(Collection<? extends K> all) {
    return turn.take(() -> tasks.countExisting(all));
  }

  @Override public CompletableFuture<Optional<ValueType>> type(K key) {
    return turn.take(() -> tasks.type(key));
  }

  @Override public CompletableFuture<TimeToLive> timeToLive(K key) {
    return turn.take(() -> tasks.timeToLive(key));
  }

  @Override public CompletableFuture<Optional<Instant>> deadline(K key) {
    return turn.take(() -> tasks.deadline(key));
  }

  @Override public CompletableFuture<Boolean> delete(K key) {
    return turn.take(() -> tasks.delete(key));
  }

  @Override public CompletableFuture<Long> delete(Collection<? extends K> all) {
    return turn.take(() -> tasks.delete(all));
  }

  @Override public CompletableFuture<Long> touch(Collection<? extends K> all) {
    return turn.take(() -> tasks.touch(all));
  }

  @Override public CompletableFuture<Boolean> expire(K key, Duration timeToLive, ExpireIf condition) {
    return turn.take(() -> tasks.expire(key, timeToLive, condition));
  }

  @Override public CompletableFuture<Boolean> expireAt(K key, Instant deadline, ExpireIf condition) {
    return turn.take(() -> tasks.expireAt(key, deadline, condition));
  }

  @Override public CompletableFuture<Boolean> persist(K key) {
    return turn.take(() -> tasks.persist(key));
  }

  @Override public CompletableFuture<Boolean> copy(K from, K to, CopyOptions options) {
    return turn.take(() -> tasks.copy(from, to, options));
  }

  @Override public CompletableFuture<Boolean> move(K key, int database) {
    return turn.take(() -> tasks.move(key, database));
  }

  @Override public CompletableFuture<Optional<K>> random() {
    return turn.take(() -> tasks.random());
  }

  @Override public CompletableFuture<ScanPage<K>> scanPage(long cursor, ScanOptions options) {
    return turn.take(() -> tasks.scanPage(cursor, options));
  }

  @Override public CompletableFuture<List<K>> matching(String glob) {
    return turn.take(() -> tasks.matching(glob));
  }

  @Override public CompletableFuture<Long> size() {
    return turn.take(() -> tasks.size());
  }

  @Override public CompletableFuture<Void> clear() {
    return turn.take(() -> tasks.clear());
  }

  @Override public CompletableFuture<Void> rename(K from, K to) {
    return turn.take(() -> tasks.rename(from, to));
  }

  @Override public CompletableFuture<Boolean> renameIfAbsent(K from, K to) {
    return turn.take(() -> tasks.renameIfAbsent(from, to));
  }
}
