package io.qcache;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** {@link SortedSets} returning futures: the same operations, but the lazy scan. */
public interface AsyncSortedSets<K, V> {
  CompletableFuture<Long> size(K key);

  CompletableFuture<OptionalDouble> score(K key, V member);

  CompletableFuture<Map<V, Double>> scores(K key, Collection<? extends V> members);

  CompletableFuture<OptionalLong> rank(K key, V member);

  CompletableFuture<OptionalLong> reverseRank(K key, V member);

  CompletableFuture<Long> count(K key, SortedRange<? extends V> range);

  CompletableFuture<List<V>> members(K key, SortedRange<? extends V> range);

  CompletableFuture<List<Scored<V>>> entries(K key, SortedRange<? extends V> range);

  CompletableFuture<Optional<V>> random(K key);

  CompletableFuture<List<V>> random(K key, long count);

  CompletableFuture<List<Scored<V>>> randomEntries(K key, long count);

  default CompletableFuture<List<Scored<V>>> union(Collection<? extends K> keys) {
    return union(keys, CombineOptions.sum());
  }

  CompletableFuture<List<Scored<V>>> union(Collection<? extends K> keys, CombineOptions options);

  default CompletableFuture<List<Scored<V>>> intersection(Collection<? extends K> keys) {
    return intersection(keys, CombineOptions.sum());
  }

  CompletableFuture<List<Scored<V>>> intersection(Collection<? extends K> keys, CombineOptions options);

  CompletableFuture<List<Scored<V>>> difference(K from, Collection<? extends K> without);

  default CompletableFuture<Long> intersectionSize(Collection<? extends K> keys) {
    return intersectionSize(keys, Long.MAX_VALUE);
  }

  CompletableFuture<Long> intersectionSize(Collection<? extends K> keys, long most);

  CompletableFuture<ScanPage<Scored<V>>> scanPage(K key, long cursor, ScanOptions options);

  CompletableFuture<Boolean> add(K key, V member, double score);

  CompletableFuture<Boolean> add(K key, V member, double score, ScoreOptions options);

  CompletableFuture<Long> addAll(K key, Map<? extends V, Double> scores);

  CompletableFuture<Long> addAll(K key, Map<? extends V, Double> scores, ScoreOptions options);

  CompletableFuture<Double> increment(K key, V member, double by);

  CompletableFuture<OptionalDouble> increment(K key, V member, double by, ScoreOptions options);

  CompletableFuture<Boolean> remove(K key, V member);

  CompletableFuture<Long> removeAll(K key, Collection<? extends V> members);

  CompletableFuture<Long> removeRange(K key, SortedRange<? extends V> range);

  CompletableFuture<Optional<Scored<V>>> pollFirst(K key);

  CompletableFuture<Optional<Scored<V>>> pollLast(K key);

  CompletableFuture<List<Scored<V>>> pollFirst(K key, long most);

  CompletableFuture<List<Scored<V>>> pollLast(K key, long most);

  CompletableFuture<Long> storeRange(K to, K from, SortedRange<? extends V> range);

  default CompletableFuture<Long> storeUnion(K to, Collection<? extends K> keys) {
    return storeUnion(to, keys, CombineOptions.sum());
  }

  CompletableFuture<Long> storeUnion(K to, Collection<? extends K> keys, CombineOptions options);

  default CompletableFuture<Long> storeIntersection(K to, Collection<? extends K> keys) {
    return storeIntersection(to, keys, CombineOptions.sum());
  }

  CompletableFuture<Long> storeIntersection(K to, Collection<? extends K> keys, CombineOptions options);

  CompletableFuture<Long> storeDifference(K to, K from, Collection<? extends K> without);
}
