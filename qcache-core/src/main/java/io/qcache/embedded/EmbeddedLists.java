package io.qcache.embedded;

import io.qcache.FindOptions;
import io.qcache.ListEnd;
import io.qcache.Lists;
import io.qcache.engine.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists on the caller's thread. */
record EmbeddedLists<K, V>(ListTasks<K, V> tasks, Database database) implements Lists<K, V> {
  @Override public long length(K key) {
    return tasks.length(key).now(database);
  }

  @Override public Optional<V> get(K key, long index) {
    return tasks.get(key, index).now(database);
  }

  @Override public List<V> range(K key, long first, long last) {
    return tasks.range(key, first, last).now(database);
  }

  @Override public long indexOf(K key, V element) {
    return tasks.indexOf(key, element).now(database);
  }

  @Override public List<Long> find(K key, V element, FindOptions options) {
    return tasks.find(key, element, options).now(database);
  }

  @Override public long addAllFirst(K key, Collection<? extends V> elements) {
    return tasks.addAll(key, elements, ListEnd.FIRST, false).now(database);
  }

  @Override public long addAllLast(K key, Collection<? extends V> elements) {
    return tasks.addAll(key, elements, ListEnd.LAST, false).now(database);
  }

  @Override public long addAllFirstIfPresent(K key, Collection<? extends V> elements) {
    return tasks.addAll(key, elements, ListEnd.FIRST, true).now(database);
  }

  @Override public long addAllLastIfPresent(K key, Collection<? extends V> elements) {
    return tasks.addAll(key, elements, ListEnd.LAST, true).now(database);
  }

  @Override public Optional<V> pollFirst(K key) {
    return tasks.poll(key, ListEnd.FIRST).now(database);
  }

  @Override public Optional<V> pollLast(K key) {
    return tasks.poll(key, ListEnd.LAST).now(database);
  }

  @Override public List<V> pollFirst(K key, long most) {
    return tasks.poll(key, ListEnd.FIRST, most).now(database);
  }

  @Override public List<V> pollLast(K key, long most) {
    return tasks.poll(key, ListEnd.LAST, most).now(database);
  }

  @Override public Optional<Map.Entry<K, List<V>>> pollAny(Collection<? extends K> keys, ListEnd end, long most) {
    return tasks.pollAny(keys, end, most).now(database);
  }

  @Override public Optional<Map.Entry<K, List<V>>> pollAny(
      Collection<? extends K> keys, ListEnd end, long most, Duration timeout) {
    return tasks.pollAny(keys, end, most, timeout);
  }

  @Override public Optional<V> move(K from, ListEnd fromEnd, K to, ListEnd toEnd) {
    return tasks.move(from, fromEnd, to, toEnd).now(database);
  }

  @Override public Optional<V> move(K from, ListEnd fromEnd, K to, ListEnd toEnd, Duration timeout) {
    return tasks.move(from, fromEnd, to, toEnd, timeout);
  }

  @Override public void set(K key, long index, V element) {
    tasks.set(key, index, element).now(database);
  }

  @Override public long insertBefore(K key, V pivot, V element) {
    return tasks.insert(key, true, pivot, element).now(database);
  }

  @Override public long insertAfter(K key, V pivot, V element) {
    return tasks.insert(key, false, pivot, element).now(database);
  }

  @Override public long remove(K key, V element, ListEnd from, long most) {
    return tasks.remove(key, element, from, most).now(database);
  }

  @Override public void trim(K key, long first, long last) {
    tasks.trim(key, first, last).now(database);
  }
}
