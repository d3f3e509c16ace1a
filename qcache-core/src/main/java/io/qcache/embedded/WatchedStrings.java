package io.qcache.embedded;

import io.qcache.StringReads;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads of strings that say each key before they read it. */
record WatchedStrings<K, V>(StringReads<K, V> strings, Consumer<? super K> before) implements StringReads<K, V> {
  @Override public Optional<V> get(K key) {
    before.accept(key);
    return strings.get(key);
  }

  @Override public int get(K key, byte[] into, int offset) {
    before.accept(key);
    return strings.get(key, into, offset);
  }

  @Override public Map<K, V> getAll(Collection<? extends K> keys) {
    keys.forEach(before);
    return strings.getAll(keys);
  }

  @Override public long length(K key) {
    before.accept(key);
    return strings.length(key);
  }

  @Override public V getRange(K key, long first, long last) {
    before.accept(key);
    return strings.getRange(key, first, last);
  }

  @Override public V commonSubsequence(K first, K second) {
    before.accept(first);
    before.accept(second);
    return strings.commonSubsequence(first, second);
  }

  @Override public long commonSubsequenceLength(K first, K second) {
    before.accept(first);
    before.accept(second);
    return strings.commonSubsequenceLength(first, second);
  }
}
