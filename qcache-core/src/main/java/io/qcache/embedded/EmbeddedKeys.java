package io.qcache.embedded;

import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.Keys;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import io.qcache.engine.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keys: each operation's task, run on the caller's thread. */
record EmbeddedKeys<K>(KeyTasks<K> tasks, Database database) implements Keys<K> {
  @Override public boolean exists(K key) {
    return tasks.exists(key).now(database);
  }

  @Override public long countExisting(Collection<? extends K> all) {
    return tasks.countExisting(all).now(database);
  }

  @Override public Optional<ValueType> type(K key) {
    return tasks.type(key).now(database);
  }

  @Override public TimeToLive timeToLive(K key) {
    return tasks.timeToLive(key).now(database);
  }

  @Override public Optional<Instant> deadline(K key) {
    return tasks.deadline(key).now(database);
  }

  @Override public boolean delete(K key) {
    return tasks.delete(key).now(database);
  }

  @Override public long delete(Collection<? extends K> all) {
    return tasks.delete(all).now(database);
  }

  @Override public long touch(Collection<? extends K> all) {
    return tasks.touch(all).now(database);
  }

  @Override public boolean expire(K key, Duration timeToLive, ExpireIf condition) {
    return tasks.expire(key, timeToLive, condition).now(database);
  }

  @Override public boolean expireAt(K key, Instant deadline, ExpireIf condition) {
    return tasks.expireAt(key, deadline, condition).now(database);
  }

  @Override public boolean persist(K key) {
    return tasks.persist(key).now(database);
  }

  @Override public void rename(K from, K to) {
    tasks.rename(from, to).now(database);
  }

  @Override public boolean renameIfAbsent(K from, K to) {
    return tasks.renameIfAbsent(from, to).now(database);
  }

  @Override public boolean copy(K from, K to, CopyOptions options) {
    return tasks.copy(from, to, options).now(database);
  }

  @Override public boolean move(K key, int to) {
    return tasks.move(key, to).now(database);
  }

  @Override public Optional<K> random() {
    return tasks.random().now(database);
  }

  @Override public ScanPage<K> scanPage(long cursor, ScanOptions options) {
    return tasks.scanPage(cursor, options).now(database);
  }

  @Override public List<K> matching(String glob) {
    return tasks.matching(glob).now(database);
  }

  @Override public long size() {
    return tasks.size().now(database);
  }

  @Override public void clear() {
    tasks.clear().now(database);
  }
}
