package io.qcache.client;

import io.qcache.AsyncBits;
import io.qcache.BitField;
import io.qcache.BitOperation;
import io.qcache.BitRange;
import io.qcache.BitStep;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Bits returning futures: each operation's command, sent as the sender does. */
record RemoteAsyncBits<K>(Sender sender, BitCommands<K> commands) implements AsyncBits<K> {
  @Override public CompletableFuture<Boolean> get(K key, long offset) {
    return sender.send(() -> commands.get(key, offset));
  }

  @Override public CompletableFuture<Long> count(K key, BitRange range) {
    return sender.send(() -> commands.count(key, range));
  }

  @Override public CompletableFuture<OptionalLong> find(K key, boolean bit, BitRange range) {
    return sender.send(() -> commands.find(key, bit, range));
  }

  @Override public CompletableFuture<Long> getField(K key, BitField field) {
    return sender.send(() -> commands.getField(key, field));
  }

  @Override public CompletableFuture<Boolean> set(K key, long offset, boolean bit) {
    return sender.send(() -> commands.set(key, offset, bit));
  }

  @Override public CompletableFuture<Long> combine(BitOperation operation, K target, Collection<? extends K> sources) {
    return sender.send(() -> commands.combine(operation, target, sources));
  }

  @Override public CompletableFuture<List<OptionalLong>> fields(K key, List<BitStep> steps) {
    return sender.send(() -> commands.fields(key, steps));
  }
}
