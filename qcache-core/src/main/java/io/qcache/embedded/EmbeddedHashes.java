package io.qcache.embedded;

import io.qcache.ExpireIf;
import io.qcache.Hashes;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import io.qcache.engine.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hashes on the caller's thread. */
record EmbeddedHashes<K, V>(HashTasks<K, V> tasks, Database database) implements Hashes<K, V> {
  @Override public Optional<V> get(K key, K field) {
    return tasks.get(key, field).now(database);
  }

  @Override public Map<K, V> getAll(K key, Collection<? extends K> fields) {
    return tasks.getAll(key, fields).now(database);
  }

  @Override public Map<K, V> entries(K key) {
    return tasks.entries(key).now(database);
  }

  @Override public Set<K> fields(K key) {
    return tasks.fields(key).now(database);
  }

  @Override public List<V> values(K key) {
    return tasks.values(key).now(database);
  }

  @Override public long size(K key) {
    return tasks.size(key).now(database);
  }

  @Override public boolean contains(K key, K field) {
    return tasks.contains(key, field).now(database);
  }

  @Override public long length(K key, K field) {
    return tasks.length(key, field).now(database);
  }

  @Override public Optional<K> random(K key) {
    return tasks.random(key).now(database);
  }

  @Override public List<K> random(K key, long count) {
    return tasks.random(key, count).now(database);
  }

  @Override public List<Map.Entry<K, V>> randomEntries(K key, long count) {
    return tasks.randomEntries(key, count).now(database);
  }

  @Override public ScanPage<Map.Entry<K, V>> scanPage(K key, long cursor, ScanOptions options) {
    return tasks.scanPage(key, cursor, options).now(database);
  }

  @Override public boolean set(K key, K field, V value) {
    return tasks.set(key, field, value).now(database);
  }

  @Override public long setAll(K key, Map<? extends K, ? extends V> entries) {
    return tasks.setAll(key, entries).now(database);
  }

  @Override public boolean setIfAbsent(K key, K field, V value) {
    return tasks.setIfAbsent(key, field, value).now(database);
  }

  @Override public boolean delete(K key, K field) {
    return tasks.delete(key, field).now(database);
  }

  @Override public long delete(K key, Collection<? extends K> fields) {
    return tasks.delete(key, fields).now(database);
  }

  @Override public long increment(K key, K field, long by) {
    return tasks.increment(key, field, by).now(database);
  }

  @Override public double increment(K key, K field, double by) {
    return tasks.increment(key, field, by).now(database);
  }

  @Override public TimeToLive timeToLive(K key, K field) {
    return tasks.timeToLive(key, field).now(database);
  }

  @Override public Optional<Instant> deadline(K key, K field) {
    return tasks.deadline(key, field).now(database);
  }

  @Override public boolean expire(K key, K field, Duration timeToLive, ExpireIf condition) {
    return tasks.expire(key, field, timeToLive, condition).now(database);
  }

  @Override public boolean expireAt(K key, K field, Instant deadline, ExpireIf condition) {
    return tasks.expireAt(key, field, deadline, condition).now(database);
  }

  @Override public boolean persist(K key, K field) {
    return tasks.persist(key, field).now(database);
  }
}
