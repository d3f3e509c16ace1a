package io.qcache.client;

import io.qcache.StringReads;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Reads of strings, carried out by the caller given. */
class RemoteStringReads<K, V> implements StringReads<K, V> {
  final Caller caller;
  final StringCommands<K, V> commands;

  RemoteStringReads(Caller caller, StringCommands<K, V> commands) {
    this.caller = caller;
    this.commands = commands;
  }

  @Override public final Optional<V> get(K key) {
    return caller.call(commands.get(key));
  }

  @Override public final int get(K key, byte[] into, int offset) {
    return caller.call(commands.get(key, into, offset));
  }

  @Override public final Map<K, V> getAll(Collection<? extends K> keys) {
    return caller.call(commands.getAll(keys));
  }

  @Override public final long length(K key) {
    return caller.call(commands.length(key));
  }

  @Override public final V getRange(K key, long first, long last) {
    return caller.call(commands.getRange(key, first, last));
  }

  @Override public final V commonSubsequence(K first, K second) {
    return caller.call(commands.commonSubsequence(first, second));
  }

  @Override public final long commonSubsequenceLength(K first, K second) {
    return caller.call(commands.commonSubsequenceLength(first, second));
  }
}
