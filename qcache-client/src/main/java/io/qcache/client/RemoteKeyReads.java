package io.qcache.client;

import io.qcache.KeyReads;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Reads of keys, carried out by the caller given. */
class RemoteKeyReads<K> implements KeyReads<K> {
  final Caller caller;
  final KeyCommands<K> commands;

  RemoteKeyReads(Caller caller, KeyCommands<K> commands) {
    this.caller = caller;
    this.commands = commands;
  }

  @Override public final boolean exists(K key) {
    return caller.call(commands.exists(key));
  }

  @Override public final long countExisting(Collection<? extends K> keys) {
    return caller.call(commands.countExisting(keys));
  }

  @Override public final Optional<ValueType> type(K key) {
    return caller.call(commands.type(key));
  }

  @Override public final TimeToLive timeToLive(K key) {
    return caller.call(commands.timeToLive(key));
  }

  @Override public final Optional<Instant> deadline(K key) {
    return caller.call(commands.deadline(key));
  }
}
