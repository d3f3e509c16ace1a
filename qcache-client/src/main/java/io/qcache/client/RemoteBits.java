package io.qcache.client;

import io.qcache.BitOperation;
import io.qcache.BitStep;
import io.qcache.Bits;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Bits: each operation's command, waited for. */
final class RemoteBits<K> extends RemoteBitReads<K> implements Bits<K> {
  RemoteBits(Caller caller, BitCommands<K> commands) {
    super(caller, commands);
  }

  @Override public boolean set(K key, long offset, boolean bit) {
    return caller.call(commands.set(key, offset, bit));
  }

  @Override public long combine(BitOperation operation, K target, Collection<? extends K> sources) {
    return caller.call(commands.combine(operation, target, sources));
  }

  @Override public List<OptionalLong> fields(K key, List<BitStep> steps) {
    return caller.call(commands.fields(key, steps));
  }
}
