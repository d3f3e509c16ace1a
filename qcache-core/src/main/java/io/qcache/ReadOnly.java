package io.qcache;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The part of a {@link Keyspace} that changes nothing. */
public interface ReadOnly<K, V> {
  StringReads<K, V> strings();

  BitReads<K> bits();

  KeyReads<K> keys();

  ListReads<K, V> lists();

  HashReads<K, V> hashes();

  SetReads<K, V> sets();

  SortedSetReads<K, V> sortedSets();

  default Optional<V> get(K key) {
    return strings().get(key);
  }

  default Map<K, V> getAll(Collection<? extends K> keys) {
    return strings().getAll(keys);
  }

  default boolean exists(K key) {
    return keys().exists(key);
  }
}
