package io.qcache.client;

import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.SetReads;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads of sets, carried out by the caller given. */
class RemoteSetReads<K, V> implements SetReads<K, V> {
  final Caller caller;
  final SetCommands<K, V> commands;

  RemoteSetReads(Caller caller, SetCommands<K, V> commands) {
    this.caller = caller;
    this.commands = commands;
  }

  @Override public final long size(K key) {
    return caller.call(commands.size(key));
  }

  @Override public final boolean contains(K key, V member) {
    return caller.call(commands.contains(key, member));
  }

  @Override public final Set<V> present(K key, Collection<? extends V> members) {
    return caller.call(commands.present(key, members));
  }

  @Override public final Set<V> members(K key) {
    return caller.call(commands.members(key));
  }

  @Override public final Optional<V> random(K key) {
    return caller.call(commands.random(key));
  }

  @Override public final List<V> random(K key, long count) {
    return caller.call(commands.random(key, count));
  }

  @Override public final Set<V> union(Collection<? extends K> keys) {
    return caller.call(commands.union(keys));
  }

  @Override public final Set<V> intersection(Collection<? extends K> keys) {
    return caller.call(commands.intersection(keys));
  }

  @Override public final Set<V> difference(K from, Collection<? extends K> without) {
    return caller.call(commands.difference(from, without));
  }

  @Override public final long intersectionSize(Collection<? extends K> keys, long most) {
    return caller.call(commands.intersectionSize(keys, most));
  }

  @Override public final ScanPage<V> scanPage(K key, long cursor, ScanOptions options) {
    return caller.call(commands.scanPage(key, cursor, options));
  }
}
