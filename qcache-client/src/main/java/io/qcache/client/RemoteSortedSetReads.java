package io.qcache.client;

import io.qcache.CombineOptions;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.Scored;
import io.qcache.SortedRange;
import io.qcache.SortedSetReads;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads of sorted sets, carried out by the caller given. */
class RemoteSortedSetReads<K, V> implements SortedSetReads<K, V> {
  final Caller caller;
  final SortedSetCommands<K, V> commands;

  RemoteSortedSetReads(Caller caller, SortedSetCommands<K, V> commands) {
    this.caller = caller;
    this.commands = commands;
  }

  @Override public final long size(K key) {
    return caller.call(commands.size(key));
  }

  @Override public final OptionalDouble score(K key, V member) {
    return caller.call(commands.score(key, member));
  }

  @Override public final Map<V, Double> scores(K key, Collection<? extends V> members) {
    return caller.call(commands.scores(key, members));
  }

  @Override public final OptionalLong rank(K key, V member) {
    return caller.call(commands.rank(key, member));
  }

  @Override public final OptionalLong reverseRank(K key, V member) {
    return caller.call(commands.reverseRank(key, member));
  }

  @Override public final long count(K key, SortedRange<? extends V> range) {
    return caller.call(commands.count(key, range));
  }

  @Override public final List<V> members(K key, SortedRange<? extends V> range) {
    return caller.call(commands.members(key, range));
  }

  @Override public final List<Scored<V>> entries(K key, SortedRange<? extends V> range) {
    return caller.call(commands.entries(key, range));
  }

  @Override public final Optional<V> random(K key) {
    return caller.call(commands.random(key));
  }

  @Override public final List<V> random(K key, long count) {
    return caller.call(commands.random(key, count));
  }

  @Override public final List<Scored<V>> randomEntries(K key, long count) {
    return caller.call(commands.randomEntries(key, count));
  }

  @Override public final List<Scored<V>> union(Collection<? extends K> keys, CombineOptions options) {
    return caller.call(commands.union(keys, options));
  }

  @Override public final List<Scored<V>> intersection(Collection<? extends K> keys, CombineOptions options) {
    return caller.call(commands.intersection(keys, options));
  }

  @Override public final List<Scored<V>> difference(K from, Collection<? extends K> without) {
    return caller.call(commands.difference(from, without));
  }

  @Override public final long intersectionSize(Collection<? extends K> keys, long most) {
    return caller.call(commands.intersectionSize(keys, most));
  }

  @Override public final ScanPage<Scored<V>> scanPage(K key, long cursor, ScanOptions options) {
    return caller.call(commands.scanPage(key, cursor, options));
  }
}
