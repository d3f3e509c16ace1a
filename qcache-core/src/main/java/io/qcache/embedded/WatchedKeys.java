package io.qcache.embedded;

import io.qcache.KeyReads;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads of keys that say each key before they read it. */
record WatchedKeys<K>(KeyReads<K> keys, Consumer<? super K> before) implements KeyReads<K> {
  @Override public boolean exists(K key) {
    before.accept(key);
    return keys.exists(key);
  }

  @Override public long countExisting(Collection<? extends K> all) {
    all.forEach(before);
    return keys.countExisting(all);
  }

  @Override public Optional<ValueType> type(K key) {
    before.accept(key);
    return keys.type(key);
  }

  @Override public TimeToLive timeToLive(K key) {
    before.accept(key);
    return keys.timeToLive(key);
  }

  @Override public Optional<Instant> deadline(K key) {
    before.accept(key);
    return keys.deadline(key);
  }
}
