package io.qcache.embedded;

import io.qcache.FindOptions;
import io.qcache.ListReads;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads of lists that say each key before they read it. */
record WatchedLists<K, V>(ListReads<K, V> lists, Consumer<? super K> before) implements ListReads<K, V> {
  @Override public long length(K key) {
    before.accept(key);
    return lists.length(key);
  }

  @Override public Optional<V> get(K key, long index) {
    before.accept(key);
    return lists.get(key, index);
  }

  @Override public List<V> range(K key, long first, long last) {
    before.accept(key);
    return lists.range(key, first, last);
  }

  @Override public long indexOf(K key, V element) {
    before.accept(key);
    return lists.indexOf(key, element);
  }

  @Override public List<Long> find(K key, V element, FindOptions options) {
    before.accept(key);
    return lists.find(key, element, options);
  }
}
