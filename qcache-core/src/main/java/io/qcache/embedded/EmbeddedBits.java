package io.qcache.embedded;

import io.qcache.BitField;
import io.qcache.BitOperation;
import io.qcache.BitRange;
import io.qcache.BitStep;
import io.qcache.Bits;
import io.qcache.engine.Database;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Bits on the caller's thread. */
record EmbeddedBits<K>(BitTasks<K> tasks, Database database) implements Bits<K> {
  @Override public boolean get(K key, long offset) {
    return tasks.get(key, offset).now(database);
  }

  @Override public long count(K key, BitRange range) {
    return tasks.count(key, range).now(database);
  }

  @Override public OptionalLong find(K key, boolean bit, BitRange range) {
    return tasks.find(key, bit, range).now(database);
  }

  @Override public long getField(K key, BitField field) {
    return tasks.getField(key, field).now(database);
  }

  @Override public boolean set(K key, long offset, boolean bit) {
    return tasks.set(key, offset, bit).now(database);
  }

  @Override public long combine(BitOperation operation, K target, Collection<? extends K> sources) {
    return tasks.combine(operation, target, sources).now(database);
  }

  @Override public List<OptionalLong> fields(K key, List<BitStep> steps) {
    return tasks.fields(key, steps).now(database);
  }
}
