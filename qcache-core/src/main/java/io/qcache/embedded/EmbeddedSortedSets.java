package io.qcache.embedded;

import io.qcache.CombineOptions;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.ScoreOptions;
import io.qcache.Scored;
import io.qcache.SortedRange;
import io.qcache.SortedSets;
import io.qcache.engine.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Sorted sets on the caller's thread. */
record EmbeddedSortedSets<K, V>(SortedSetTasks<K, V> tasks, Database database) implements SortedSets<K, V> {
  @Override public long size(K key) {
    return tasks.size(key).now(database);
  }

  @Override public OptionalDouble score(K key, V member) {
    return tasks.score(key, member).now(database);
  }

  @Override public Map<V, Double> scores(K key, Collection<? extends V> members) {
    return tasks.scores(key, members).now(database);
  }

  @Override public OptionalLong rank(K key, V member) {
    return tasks.rank(key, member).now(database);
  }

  @Override public OptionalLong reverseRank(K key, V member) {
    return tasks.reverseRank(key, member).now(database);
  }

  @Override public long count(K key, SortedRange<? extends V> range) {
    return tasks.count(key, range).now(database);
  }

  @Override public List<V> members(K key, SortedRange<? extends V> range) {
    return tasks.members(key, range).now(database);
  }

  @Override public List<Scored<V>> entries(K key, SortedRange<? extends V> range) {
    return tasks.entries(key, range).now(database);
  }

  @Override public Optional<V> random(K key) {
    return tasks.random(key).now(database);
  }

  @Override public List<V> random(K key, long count) {
    return tasks.random(key, count).now(database);
  }

  @Override public List<Scored<V>> randomEntries(K key, long count) {
    return tasks.randomEntries(key, count).now(database);
  }

  @Override public List<Scored<V>> union(Collection<? extends K> keys, CombineOptions options) {
    return tasks.union(keys, options).now(database);
  }

  @Override public List<Scored<V>> intersection(Collection<? extends K> keys, CombineOptions options) {
    return tasks.intersection(keys, options).now(database);
  }

  @Override public List<Scored<V>> difference(K from, Collection<? extends K> without) {
    return tasks.difference(from, without).now(database);
  }

  @Override public long intersectionSize(Collection<? extends K> keys, long most) {
    return tasks.intersectionSize(keys, most).now(database);
  }

  @Override public ScanPage<Scored<V>> scanPage(K key, long cursor, ScanOptions options) {
    return tasks.scanPage(key, cursor, options).now(database);
  }

  @Override public boolean add(K key, V member, double score) {
    return tasks.add(key, member, score).now(database);
  }

  @Override public boolean add(K key, V member, double score, ScoreOptions options) {
    return tasks.add(key, member, score, options).now(database);
  }

  @Override public long addAll(K key, Map<? extends V, Double> scores) {
    return tasks.addAll(key, scores).now(database);
  }

  @Override public long addAll(K key, Map<? extends V, Double> scores, ScoreOptions options) {
    return tasks.addAll(key, scores, options).now(database);
  }

  @Override public double increment(K key, V member, double by) {
    return tasks.increment(key, member, by).now(database);
  }

  @Override public OptionalDouble increment(K key, V member, double by, ScoreOptions options) {
    return tasks.increment(key, member, by, options).now(database);
  }

  @Override public boolean remove(K key, V member) {
    return tasks.remove(key, member).now(database);
  }

  @Override public long removeAll(K key, Collection<? extends V> members) {
    return tasks.removeAll(key, members).now(database);
  }

  @Override public long removeRange(K key, SortedRange<? extends V> range) {
    return tasks.removeRange(key, range).now(database);
  }

  @Override public Optional<Scored<V>> pollFirst(K key) {
    return tasks.pollFirst(key).now(database);
  }

  @Override public Optional<Scored<V>> pollLast(K key) {
    return tasks.pollLast(key).now(database);
  }

  @Override public Optional<Scored<V>> pollFirst(K key, Duration timeout) {
    return tasks.poll(key, false, timeout);
  }

  @Override public Optional<Scored<V>> pollLast(K key, Duration timeout) {
    return tasks.poll(key, true, timeout);
  }

  @Override public List<Scored<V>> pollFirst(K key, long most) {
    return tasks.pollFirst(key, most).now(database);
  }

  @Override public List<Scored<V>> pollLast(K key, long most) {
    return tasks.pollLast(key, most).now(database);
  }

  @Override public long storeRange(K to, K from, SortedRange<? extends V> range) {
    return tasks.storeRange(to, from, range).now(database);
  }

  @Override public long storeUnion(K to, Collection<? extends K> keys, CombineOptions options) {
    return tasks.storeUnion(to, keys, options).now(database);
  }

  @Override public long storeIntersection(K to, Collection<? extends K> keys, CombineOptions options) {
    return tasks.storeIntersection(to, keys, options).now(database);
  }

  @Override public long storeDifference(K to, K from, Collection<? extends K> without) {
    return tasks.storeDifference(to, from, without).now(database);
  }
}
