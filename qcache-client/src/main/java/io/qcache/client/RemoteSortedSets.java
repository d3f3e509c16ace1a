package io.qcache.client;

import io.qcache.CombineOptions;
import io.qcache.ScoreOptions;
import io.qcache.Scored;
import io.qcache.SortedRange;
import io.qcache.SortedSets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Sorted sets: each operation's command, waited for. */
final class RemoteSortedSets<K, V> extends RemoteSortedSetReads<K, V> implements SortedSets<K, V> {
  RemoteSortedSets(Caller caller, SortedSetCommands<K, V> commands) {
    super(caller, commands);
  }

  @Override public boolean add(K key, V member, double score) {
    return caller.call(commands.add(key, member, score));
  }

  @Override public boolean add(K key, V member, double score, ScoreOptions options) {
    return caller.call(commands.add(key, member, score, options));
  }

  @Override public long addAll(K key, Map<? extends V, Double> scores) {
    return caller.call(commands.addAll(key, scores));
  }

  @Override public long addAll(K key, Map<? extends V, Double> scores, ScoreOptions options) {
    return caller.call(commands.addAll(key, scores, options));
  }

  @Override public double increment(K key, V member, double by) {
    return caller.call(commands.increment(key, member, by));
  }

  @Override public OptionalDouble increment(K key, V member, double by, ScoreOptions options) {
    return caller.call(commands.increment(key, member, by, options));
  }

  @Override public boolean remove(K key, V member) {
    return caller.call(commands.remove(key, member));
  }

  @Override public long removeAll(K key, Collection<? extends V> members) {
    return caller.call(commands.removeAll(key, members));
  }

  @Override public long removeRange(K key, SortedRange<? extends V> range) {
    return caller.call(commands.removeRange(key, range));
  }

  @Override public Optional<Scored<V>> pollFirst(K key) {
    return caller.call(commands.pollFirst(key));
  }

  @Override public Optional<Scored<V>> pollLast(K key) {
    return caller.call(commands.pollLast(key));
  }

  @Override public Optional<Scored<V>> pollFirst(K key, Duration timeout) {
    return caller.call(commands.poll("BZPOPMIN", key, timeout));
  }

  @Override public Optional<Scored<V>> pollLast(K key, Duration timeout) {
    return caller.call(commands.poll("BZPOPMAX", key, timeout));
  }

  @Override public List<Scored<V>> pollFirst(K key, long most) {
    return caller.call(commands.pollFirst(key, most));
  }

  @Override public List<Scored<V>> pollLast(K key, long most) {
    return caller.call(commands.pollLast(key, most));
  }

  @Override public long storeRange(K to, K from, SortedRange<? extends V> range) {
    return caller.call(commands.storeRange(to, from, range));
  }

  @Override public long storeUnion(K to, Collection<? extends K> keys, CombineOptions options) {
    return caller.call(commands.storeUnion(to, keys, options));
  }

  @Override public long storeIntersection(K to, Collection<? extends K> keys, CombineOptions options) {
    return caller.call(commands.storeIntersection(to, keys, options));
  }

  @Override public long storeDifference(K to, K from, Collection<? extends K> without) {
    return caller.call(commands.storeDifference(to, from, without));
  }
}
