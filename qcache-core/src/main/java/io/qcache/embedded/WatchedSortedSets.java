package io.qcache.embedded;

import io.qcache.CombineOptions;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.Scored;
import io.qcache.SortedRange;
import io.qcache.SortedSetReads;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads of sorted sets that say each key before they read it. */
record WatchedSortedSets<K, V>(SortedSetReads<K, V> sortedSets, Consumer<? super K> before) implements SortedSetReads<K, V> {
  @Override public long size(K key) {
    before.accept(key);
    return sortedSets.size(key);
  }

  @Override public OptionalDouble score(K key, V member) {
    before.accept(key);
    return sortedSets.score(key, member);
  }

  @Override public Map<V, Double> scores(K key, Collection<? extends V> members) {
    before.accept(key);
    return sortedSets.scores(key, members);
  }

  @Override public OptionalLong rank(K key, V member) {
    before.accept(key);
    return sortedSets.rank(key, member);
  }

  @Override public OptionalLong reverseRank(K key, V member) {
    before.accept(key);
    return sortedSets.reverseRank(key, member);
  }

  @Override public long count(K key, SortedRange<? extends V> range) {
    before.accept(key);
    return sortedSets.count(key, range);
  }

  @Override public List<V> members(K key, SortedRange<? extends V> range) {
    before.accept(key);
    return sortedSets.members(key, range);
  }

  @Override public List<Scored<V>> entries(K key, SortedRange<? extends V> range) {
    before.accept(key);
    return sortedSets.entries(key, range);
  }

  @Override public Optional<V> random(K key) {
    before.accept(key);
    return sortedSets.random(key);
  }

  @Override public List<V> random(K key, long count) {
    before.accept(key);
    return sortedSets.random(key, count);
  }

  @Override public List<Scored<V>> randomEntries(K key, long count) {
    before.accept(key);
    return sortedSets.randomEntries(key, count);
  }

  @Override public List<Scored<V>> union(Collection<? extends K> keys, CombineOptions options) {
    keys.forEach(before);
    return sortedSets.union(keys, options);
  }

  @Override public List<Scored<V>> intersection(Collection<? extends K> keys, CombineOptions options) {
    keys.forEach(before);
    return sortedSets.intersection(keys, options);
  }

  @Override public List<Scored<V>> difference(K from, Collection<? extends K> without) {
    before.accept(from);
    without.forEach(before);
    return sortedSets.difference(from, without);
  }

  @Override public long intersectionSize(Collection<? extends K> keys, long most) {
    keys.forEach(before);
    return sortedSets.intersectionSize(keys, most);
  }

  @Override public ScanPage<Scored<V>> scanPage(K key, long cursor, ScanOptions options) {
    before.accept(key);
    return sortedSets.scanPage(key, cursor, options);
  }
}
