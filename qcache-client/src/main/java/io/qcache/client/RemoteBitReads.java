package io.qcache.client;

import io.qcache.BitField;
import io.qcache.BitRange;
import io.qcache.BitReads;
import java.util.OptionalLong;

/** Reads of bits, carried out by the caller given. */
class RemoteBitReads<K> implements BitReads<K> {
  final Caller caller;
  final BitCommands<K> commands;

  RemoteBitReads(Caller caller, BitCommands<K> commands) {
    this.caller = caller;
    this.commands = commands;
  }

  @Override public final boolean get(K key, long offset) {
    return caller.call(commands.get(key, offset));
  }

  @Override public final long count(K key, BitRange range) {
    return caller.call(commands.count(key, range));
  }

  @Override public final OptionalLong find(K key, boolean bit, BitRange range) {
    return caller.call(commands.find(key, bit, range));
  }

  @Override public final long getField(K key, BitField field) {
    return caller.call(commands.getField(key, field));
  }
}
