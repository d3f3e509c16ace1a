package io.qcache.embedded;

import io.qcache.AsyncBits;
import io.qcache.BitField;
import io.qcache.BitOperation;
import io.qcache.BitRange;
import io.qcache.BitStep;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Bits returning futures: each operation's task, run when the turn says. */
record EmbeddedAsyncBits<K>(BitTasks<K> tasks, Turn turn) implements AsyncBits<K> {
  @Override public CompletableFuture<Boolean> get(K key, long offset) {
    return turn.take(() -> tasks.get(key, offset));
  }

  @Override public CompletableFuture<Long> count(K key, BitRange range) {
    return turn.take(() -> tasks.count(key, range));
  }

  @Override public CompletableFuture<OptionalLong> find(K key, boolean bit, BitRange range) {
    return turn.take(() -> tasks.find(key, bit, range));
  }

  @Override public CompletableFuture<Long> getField(K key, BitField field) {
    return turn.take(() -> tasks.getField(key, field));
  }

  @Override public CompletableFuture<Boolean> set(K key, long offset, boolean bit) {
    return turn.take(() -> tasks.set(key, offset, bit));
  }

  @Override public CompletableFuture<Long> combine(BitOperation operation, K target, Collection<? extends K> sources) {
    return turn.take(() -> tasks.combine(operation, target, sources));
  }

  @Override public CompletableFuture<List<OptionalLong>> fields(K key, List<BitStep> steps) {
    return turn.take(() -> tasks.fields(key, steps));
  }
}
