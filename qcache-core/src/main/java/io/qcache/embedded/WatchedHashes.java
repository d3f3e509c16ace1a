package io.qcache.embedded;

import io.qcache.HashReads;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads of hashes that say each key before they read it. */
record WatchedHashes<K, V>(HashReads<K, V> hashes, Consumer<? super K> before) implements HashReads<K, V> {
  @Override public Optional<V> get(K key, K field) {
    before.accept(key);
    return hashes.get(key, field);
  }

  @Override public Map<K, V> getAll(K key, Collection<? extends K> fields) {
    before.accept(key);
    return hashes.getAll(key, fields);
  }

  @Override public Map<K, V> entries(K key) {
    before.accept(key);
    return hashes.entries(key);
  }

  @Override public Set<K> fields(K key) {
    before.accept(key);
    return hashes.fields(key);
  }

  @Override public List<V> values(K key) {
    before.accept(key);
    return hashes.values(key);
  }

  @Override public long size(K key) {
    before.accept(key);
    return hashes.size(key);
  }

  @Override public boolean contains(K key, K field) {
    before.accept(key);
    return hashes.contains(key, field);
  }

  @Override public long length(K key, K field) {
    before.accept(key);
    return hashes.length(key, field);
  }

  @Override public Optional<K> random(K key) {
    before.accept(key);
    return hashes.random(key);
  }

  @Override public List<K> random(K key, long count) {
    before.accept(key);
    return hashes.random(key, count);
  }

  @Override public List<Map.Entry<K, V>> randomEntries(K key, long count) {
    before.accept(key);
    return hashes.randomEntries(key, count);
  }

  @Override public ScanPage<Map.Entry<K, V>> scanPage(K key, long cursor, ScanOptions options) {
    before.accept(key);
    return hashes.scanPage(key, cursor, options);
  }

  @Override public TimeToLive timeToLive(K key, K field) {
    before.accept(key);
    return hashes.timeToLive(key, field);
  }

  @Override public Optional<Instant> deadline(K key, K field) {
    before.accept(key);
    return hashes.deadline(key, field);
  }
}
