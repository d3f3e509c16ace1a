package io.qcache.embedded;

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

/** Sorted sets returning futures: each operation's task, run when the turn says. */
record EmbeddedAsyncSortedSets<K, V>(SortedSetTasks<K, V> tasks, Turn turn) implements AsyncSortedSets<K, V> {
  @Override public CompletableFuture<Long> size(K key) {
    return turn.take(() -> tasks.size(key));
  }

  @Override public CompletableFuture<OptionalDouble> score(K key, V member) {
    return turn.take(() -> tasks.score(key, member));
  }

  @Override public CompletableFuture<Map<V, Double>> scores(K key, Collection<? extends V> members) {
    return turn.take(() -> tasks.scores(key, members));
  }

  @Override public CompletableFuture<OptionalLong> rank(K key, V member) {
    return turn.take(() -> tasks.rank(key, member));
  }

  @Override public CompletableFuture<OptionalLong> reverseRank(K key, V member) {
    return turn.take(() -> tasks.reverseRank(key, member));
  }

  @Override public CompletableFuture<Long> count(K key, SortedRange<? extends V> range) {
    return turn.take(() -> tasks.count(key, range));
  }

  @Override public CompletableFuture<List<V>> members(K key, SortedRange<? extends V> range) {
    return turn.take(() -> tasks.members(key, range));
  }

  @Override public CompletableFuture<List<Scored<V>>> entries(K key, SortedRange<? extends V> range) {
    return turn.take(() -> tasks.entries(key, range));
  }

  @Override public CompletableFuture<Optional<V>> random(K key) {
    return turn.take(() -> tasks.random(key));
  }

  @Override public CompletableFuture<List<V>> random(K key, long count) {
    return turn.take(() -> tasks.random(key, count));
  }

  @Override public CompletableFuture<List<Scored<V>>> randomEntries(K key, long count) {
    return turn.take(() -> tasks.randomEntries(key, count));
  }

  @Override public CompletableFuture<List<Scored<V>>> union(Collection<? extends K> keys, CombineOptions options) {
    return turn.take(() -> tasks.union(keys, options));
  }

  @Override public CompletableFuture<List<Scored<V>>> intersection(Collection<? extends K> keys, CombineOptions options) {
    return turn.take(() -> tasks.intersection(keys, options));
  }

  @Override public CompletableFuture<List<Scored<V>>> difference(K from, Collection<? extends K> without) {
    return turn.take(() -> tasks.difference(from, without));
  }

  @Override public CompletableFuture<Long> intersectionSize(Collection<? extends K> keys, long most) {
    return turn.take(() -> tasks.intersectionSize(keys, most));
  }

  @Override public CompletableFuture<ScanPage<Scored<V>>> scanPage(K key, long cursor, ScanOptions options) {
    return turn.take(() -> tasks.scanPage(key, cursor, options));
  }

  @Override public CompletableFuture<Boolean> add(K key, V member, double score) {
    return turn.take(() -> tasks.add(key, member, score));
  }

  @Override public CompletableFuture<Boolean> add(K key, V member, double score, ScoreOptions options) {
    return turn.take(() -> tasks.add(key, member, score, options));
  }

  @Override public CompletableFuture<Long> addAll(K key, Map<? extends V, Double> scores) {
    return turn.take(() -> tasks.addAll(key, scores));
  }

  @Override public CompletableFuture<Long> addAll(K key, Map<? extends V, Double> scores, ScoreOptions options) {
    return turn.take(() -> tasks.addAll(key, scores, options));
  }

  @Override public CompletableFuture<Double> increment(K key, V member, double by) {
    return turn.take(() -> tasks.increment(key, member, by));
  }

  @Override public CompletableFuture<OptionalDouble> increment(K key, V member, double by, ScoreOptions options) {
    return turn.take(() -> tasks.increment(key, member, by, options));
  }

  @Override public CompletableFuture<Boolean> remove(K key, V member) {
    return turn.take(() -> tasks.remove(key, member));
  }

  @Override public CompletableFuture<Long> removeAll(K key, Collection<? extends V> members) {
    return turn.take(() -> tasks.removeAll(key, members));
  }

  @Override public CompletableFuture<Long> removeRange(K key, SortedRange<? extends V> range) {
    return turn.take(() -> tasks.removeRange(key, range));
  }

  @Override public CompletableFuture<Optional<Scored<V>>> pollFirst(K key) {
    return turn.take(() -> tasks.pollFirst(key));
  }

  @Override public CompletableFuture<Optional<Scored<V>>> pollLast(K key) {
    return turn.take(() -> tasks.pollLast(key));
  }

  @Override public CompletableFuture<List<Scored<V>>> pollFirst(K key, long most) {
    return turn.take(() -> tasks.pollFirst(key, most));
  }

  @Override public CompletableFuture<List<Scored<V>>> pollLast(K key, long most) {
    return turn.take(() -> tasks.pollLast(key, most));
  }

  @Override public CompletableFuture<Long> storeRange(K to, K from, SortedRange<? extends V> range) {
    return turn.take(() -> tasks.storeRange(to, from, range));
  }

  @Override public CompletableFuture<Long> storeUnion(K to, Collection<? extends K> keys, CombineOptions options) {
    return turn.take(() -> tasks.storeUnion(to, keys, options));
  }

  @Override public CompletableFuture<Long> storeIntersection(K to, Collection<? extends K> keys, CombineOptions options) {
    return turn.take(() -> tasks.storeIntersection(to, keys, options));
  }

  @Override public CompletableFuture<Long> storeDifference(K to, K from, Collection<? extends K> without) {
    return turn.take(() -> tasks.storeDifference(to, from, without));
  }
}
