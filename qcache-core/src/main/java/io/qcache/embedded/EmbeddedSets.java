package io.qcache.embedded;

import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.Sets;
import io.qcache.engine.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sets on the caller's thread. */
record EmbeddedSets<K, V>(SetTasks<K, V> tasks, Database database) implements Sets<K, V> {
  @Override public long size(K key) {
    return tasks.size(key).now(database);
  }

  @Override public boolean contains(K key, V member) {
    return tasks.contains(key, member).now(database);
  }

  @Override public Set<V> present(K key, Collection<? extends V> members) {
    return tasks.present(key, members).now(database);
  }

  @Override public Set<V> members(K key) {
    return tasks.members(key).now(database);
  }

  @Override public Optional<V> random(K key) {
    return tasks.random(key).now(database);
  }

  @Override public List<V> random(K key, long count) {
    return tasks.random(key, count).now(database);
  }

  @Override public Set<V> union(Collection<? extends K> keys) {
    return tasks.union(keys).now(database);
  }

  @Override public Set<V> intersection(Collection<? extends K> keys) {
    return tasks.intersection(keys).now(database);
  }

  @Override public Set<V> difference(K from, Collection<? extends K> without) {
    return tasks.difference(from, without).now(database);
  }

  @Override public long intersectionSize(Collection<? extends K> keys, long most) {
    return tasks.intersectionSize(keys, most).now(database);
  }

  @Override public ScanPage<V> scanPage(K key, long cursor, ScanOptions options) {
    return tasks.scanPage(key, cursor, options).now(database);
  }

  @Override public boolean add(K key, V member) {
    return tasks.add(key, member).now(database);
  }

  @Override public long addAll(K key, Collection<? extends V> members) {
    return tasks.addAll(key, members).now(database);
  }

  @Override public boolean remove(K key, V member) {
    return tasks.remove(key, member).now(database);
  }

  @Override public long removeAll(K key, Collection<? extends V> members) {
    return tasks.removeAll(key, members).now(database);
  }

  @Override public Optional<V> poll(K key) {
    return tasks.poll(key).now(database);
  }

  @Override public Set<V> poll(K key, long most) {
    return tasks.poll(key, most).now(database);
  }

  @Override public boolean move(K from, K to, V member) {
    return tasks.move(from, to, member).now(database);
  }

  @Override public long storeUnion(K to, Collection<? extends K> keys) {
    return tasks.storeUnion(to, keys).now(database);
  }

  @Override public long storeIntersection(K to, Collection<? extends K> keys) {
    return tasks.storeIntersection(to, keys).now(database);
  }

  @Override public long storeDifference(K to, K from, Collection<? extends K> without) {
    return tasks.storeDifference(to, from, without).now(database);
  }
}
