package io.qcache.client;

import io.qcache.HashReads;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads of hashes, carried out by the caller given. */
class RemoteHashReads<K, V> implements HashReads<K, V> {
  final Caller caller;
  final HashCommands<K, V> commands;

  RemoteHashReads(Caller caller, HashCommands<K, V> commands) {
    this.caller = caller;
    this.commands = commands;
  }

  @Override public final Optional<V> get(K key, K field) {
    return caller.call(commands.get(key, field));
  }

  @Override public final Map<K, V> getAll(K key, Collection<? extends K> fields) {
    return caller.call(commands.getAll(key, fields));
  }

  @Override public final Map<K, V> entries(K key) {
    return caller.call(commands.entries(key));
  }

  @Override public final Set<K> fields(K key) {
    return caller.call(commands.fields(key));
  }

  @Override public final List<V> values(K key) {
    return caller.call(commands.values(key));
  }

  @Override public final long size(K key) {
    return caller.call(commands.size(key));
  }

  @Override public final boolean contains(K key, K field) {
    return caller.call(commands.contains(key, field));
  }

  @Override public final long length(K key, K field) {
    return caller.call(commands.length(key, field));
  }

  @Override public final Optional<K> random(K key) {
    return caller.call(commands.random(key));
  }

  @Override public final List<K> random(K key, long count) {
    return caller.call(commands.random(key, count));
  }

  @Override public final List<Map.Entry<K, V>> randomEntries(K key, long count) {
    return caller.call(commands.randomEntries(key, count));
  }

  @Override public final ScanPage<Map.Entry<K, V>> scanPage(K key, long cursor, ScanOptions options) {
    return caller.call(commands.scanPage(key, cursor, options));
  }

  @Override public final TimeToLive timeToLive(K key, K field) {
    return caller.call(commands.timeToLive(key, field));
  }

  @Override public final Optional<Instant> deadline(K key, K field) {
    return caller.call(commands.deadline(key, field));
  }
}
