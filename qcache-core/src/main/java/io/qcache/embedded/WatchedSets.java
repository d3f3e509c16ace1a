package io.qcache.embedded;

import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.SetReads;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads of sets that say each key before they read it. */
record WatchedSets<K, V>(SetReads<K, V> sets, Consumer<? super K> before) implements SetReads<K, V> {
  @Override public long size(K key) {
    before.accept(key);
    return sets.size(key);
  }

  @Override public boolean contains(K key, V member) {
    before.accept(key);
    return sets.contains(key, member);
  }

  @Override public Set<V> present(K key, Collection<? extends V> members) {
    before.accept(key);
    return sets.present(key, members);
  }

  @Override public Set<V> members(K key) {
    before.accept(key);
    return sets.members(key);
  }

  @Override public Optional<V> random(K key) {
    before.accept(key);
    return sets.random(key);
  }

  @Override public List<V> random(K key, long count) {
    before.accept(key);
    return sets.random(key, count);
  }

  @Override public Set<V> union(Collection<? extends K> keys) {
    keys.forEach(before);
    return sets.union(keys);
  }

  @Override public Set<V> intersection(Collection<? extends K> keys) {
    keys.forEach(before);
    return sets.intersection(keys);
  }

  @Override public Set<V> difference(K from, Collection<? extends K> without) {
    before.accept(from);
    without.forEach(before);
    return sets.difference(from, without);
  }

  @Override public long intersectionSize(Collection<? extends K> keys, long most) {
    keys.forEach(before);
    return sets.intersectionSize(keys, most);
  }

  @Override public ScanPage<V> scanPage(K key, long cursor, ScanOptions options) {
    before.accept(key);
    return sets.scanPage(key, cursor, options);
  }
}
