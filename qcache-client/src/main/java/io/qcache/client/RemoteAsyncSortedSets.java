package io.qcache.client;

import io.qcache.AsyncSortedSets;
import io.qcache.CombineOptions;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.ScoreOptions;
import io.qcache.Scored;
import io.qcache.SortedRange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Sorted sets returning futures: each operation's command, sent as the sender does. */
record RemoteAsyncSortedSets<K, V>(Sender sender, SortedSetCommands<K, V> commands) implements AsyncSortedSets<K, V> {
  @Override public CompletableFuture<Long> size(K key) {
    return sender.send(() -> commands.size(key));
  }

  @Override public CompletableFuture<OptionalDouble> score(K key, V member) {
    return sender.send(() -> commands.score(key, member));
  }

  @Override public CompletableFuture<Map<V, Double>> scores(K key, Collection<? extends V> members) {
    return sender.send(() -> commands.scores(key, members));
  }

  @Override public CompletableFuture<OptionalLong> rank(K key, V member) {
    return sender.send(() -> commands.rank(key, member));
  }

  @Override public CompletableFuture<OptionalLong> reverseRank(K key, V member) {
    return sender.send(() -> commands.reverseRank(key, member));
  }

  @Override public CompletableFuture<Long> count(K key, SortedRange<? extends V> range) {
    return sender.send(() -> commands.count(key, range));
  }

  @Override public CompletableFuture<List<V>> members(K key, SortedRange<? extends V> range) {
    return sender.send(() -> commands.members(key, range));
  }

  @Override public CompletableFuture<List<Scored<V>>> entries(K key, SortedRange<? extends V> range) {
    return sender.send(() -> commands.entries(key, range));
  }

  @Override public CompletableFuture<Optional<V>> random(K key) {
    return sender.send(() -> commands.random(key));
  }

  @Override public CompletableFuture<List<V>> random(K key, long count) {
    return sender.send(() -> commands.random(key, count));
  }

  @Override public CompletableFuture<List<Scored<V>>> randomEntries(K key, long count) {
    return sender.send(() -> commands.randomEntries(key, count));
  }

  @Override public CompletableFuture<List<Scored<V>>> union(Collection<? extends K> keys, CombineOptions options) {
    return sender.send(() -> commands.union(keys, options));
  }

  @Override public CompletableFuture<List<Scored<V>>> intersection(Collection<? extends K> keys, CombineOptions options) {
    return sender.send(() -> commands.intersection(keys, options));
  }

  @Override public CompletableFuture<List<Scored<V>>> difference(K from, Collection<? extends K> without) {
    return sender.send(() -> commands.difference(from, without));
  }

  @Override public CompletableFuture<Long> intersectionSize(Collection<? extends K> keys, long most) {
    return sender.send(() -> commands.intersectionSize(keys, most));
  }

  @Override public CompletableFuture<ScanPage<Scored<V>>> scanPage(K key, long cursor, ScanOptions options) {
    return sender.send(() -> commands.scanPage(key, cursor, options));
  }

  @Override public CompletableFuture<Boolean> add(K key, V member, double score) {
    return sender.send(() -> commands.add(key, member, score));
  }

  @Override public CompletableFuture<Boolean> add(K key, V member, double score, ScoreOptions options) {
    return sender.send(() -> commands.add(key, member, score, options));
  }

  @Override public CompletableFuture<Long> addAll(K key, Map<? extends V, Double> scores) {
    return sender.send(() -> commands.addAll(key, scores));
  }

  @Override public CompletableFuture<Long> addAll(K key, Map<? extends V, Double> scores, ScoreOptions options) {
    return sender.send(() -> commands.addAll(key, scores, options));
  }

  @Override public CompletableFuture<Double> increment(K key, V member, double by) {
    return sender.send(() -> commands.increment(key, member, by));
  }

  @Override public CompletableFuture<OptionalDouble> increment(K key, V member, double by, ScoreOptions options) {
    return sender.send(() -> commands.increment(key, member, by, options));
  }

  @Override public CompletableFuture<Boolean> remove(K key, V member) {
    return sender.send(() -> commands.remove(key, member));
  }

  @Override public CompletableFuture<Long> removeAll(K key, Collection<? extends V> members) {
    return sender.send(() -> commands.removeAll(key, members));
  }

  @Override public CompletableFuture<Long> removeRange(K key, SortedRange<? extends V> range) {
    return sender.send(() -> commands.removeRange(key, range));
  }

  @Override public CompletableFuture<Optional<Scored<V>>> pollFirst(K key) {
    return sender.send(() -> commands.pollFirst(key));
  }

  @Override public CompletableFuture<Optional<Scored<V>>> pollLast(K key) {
    return sender.send(() -> commands.pollLast(key));
  }

  @Override public CompletableFuture<List<Scored<V>>> pollFirst(K key, long most) {
    return sender.send(() -> commands.pollFirst(key, most));
  }

  @Override public CompletableFuture<List<Scored<V>>> pollLast(K key, long most) {
    return sender.send(() -> commands.pollLast(key, most));
  }

  @Override public CompletableFuture<Long> storeRange(K to, K from, SortedRange<? extends V> range) {
    return sender.send(() -> commands.storeRange(to, from, range));
  }

  @Override public CompletableFuture<Long> storeUnion(K to, Collection<? extends K> keys, CombineOptions options) {
    return sender.send(() -> commands.storeUnion(to, keys, options));
  }

  @Override public CompletableFuture<Long> storeIntersection(K to, Collection<? extends K> keys, CombineOptions options) {
    return sender.send(() -> commands.storeIntersection(to, keys, options));
  }

  @Override public CompletableFuture<Long> storeDifference(K to, K from, Collection<? extends K> without) {
    return sender.send(() -> commands.storeDifference(to, from, without));
  }
}
