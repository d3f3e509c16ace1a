package io.qcache;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** {@link Bits} returning futures. */
public interface AsyncBits<K> {
  CompletableFuture<Boolean> get(K key, long offset);

  default CompletableFuture<Long> count(K key) {
    return count(key, BitRange.all());
  }

  CompletableFuture<Long> count(K key, BitRange range);

  default CompletableFuture<OptionalLong> find(K key, boolean bit) {
    return find(key, bit, BitRange.all());
  }

  CompletableFuture<OptionalLong> find(K key, boolean bit, BitRange range);

  CompletableFuture<Long> getField(K key, BitField field);

  CompletableFuture<Boolean> set(K key, long offset, boolean bit);

  CompletableFuture<Long> combine(BitOperation operation, K target, Collection<? extends K> sources);

  CompletableFuture<List<OptionalLong>> fields(K key, List<BitStep> steps);
}
