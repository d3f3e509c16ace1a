package io.qcache.client;

import io.qcache.FindOptions;
import io.qcache.ListReads;
import java.util.List;
import java.util.Optional;

/** Reads of lists, carried out by the caller given. */
class RemoteListReads<K, V> implements ListReads<K, V> {
  final Caller caller;
  final ListCommands<K, V> commands;

  RemoteListReads(Caller caller, ListCommands<K, V> commands) {
    this.caller = caller;
    this.commands = commands;
  }

  @Override public final long length(K key) {
    return caller.call(commands.length(key));
  }

  @Override public final Optional<V> get(K key, long index) {
    return caller.call(commands.get(key, index));
  }

  @Override public final List<V> range(K key, long first, long last) {
    return caller.call(commands.range(key, first, last));
  }

  @Override public final long indexOf(K key, V element) {
    return caller.call(commands.indexOf(key, element));
  }

  @Override public final List<Long> find(K key, V element, FindOptions options) {
    return caller.call(commands.find(key, element, options));
  }
}
