package io.qcache.embedded;

import io.qcache.BitField;
import io.qcache.BitRange;
import io.qcache.BitReads;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads of bits that say each key before they read it. */
record WatchedBits<K>(BitReads<K> bits, Consumer<? super K> before) implements BitReads<K> {
  @Override public boolean get(K key, long offset) {
    before.accept(key);
    return bits.get(key, offset);
  }

  @Override public long count(K key, BitRange range) {
    before.accept(key);
    return bits.count(key, range);
  }

  @Override public OptionalLong find(K key, boolean bit, BitRange range) {
    before.accept(key);
    return bits.find(key, bit, range);
  }

  @Override public long getField(K key, BitField field) {
    before.accept(key);
    return bits.getField(key, field);
  }
}
