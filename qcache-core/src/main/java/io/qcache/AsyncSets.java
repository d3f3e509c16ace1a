package io.qcache;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@link Sets} returning futures: the same operations, but the lazy scan. */
public interface AsyncSets<K, V> {
  CompletableFuture<Long> size(K key);

  CompletableFuture<Boolean> contains(K key, V member);

  CompletableFuture<Set<V>> present(K key, Collection<? extends V> members);

  CompletableFuture<Set<V>> members(K key);

  CompletableFuture<Optional<V>> random(K key);

  CompletableFuture<List<V>> random(K key, long count);

  CompletableFuture<Set<V>> union(Collection<? extends K> keys);

  CompletableFuture<Set<V>> intersection(Collection<? extends K> keys);

  CompletableFuture<Set<V>> difference(K from, Collection<? extends K> without);

  default CompletableFuture<Long> intersectionSize(Collection<? extends K> keys) {
    return intersectionSize(keys, Long.MAX_VALUE);
  }

  CompletableFuture<Long> intersectionSize(Collection<? extends K> keys, long most);

  CompletableFuture<ScanPage<V>> scanPage(K key, long cursor, ScanOptions options);

  CompletableFuture<Boolean> add(K key, V member);

  CompletableFuture<Long> addAll(K key, Collection<? extends V> members);

  CompletableFuture<Boolean> remove(K key, V member);

  CompletableFuture<Long> removeAll(K key, Collection<? extends V> members);

  CompletableFuture<Optional<V>> poll(K key);

  CompletableFuture<Set<V>> poll(K key, long most);

  CompletableFuture<Boolean> move(K from, K to, V member);

  CompletableFuture<Long> storeUnion(K to, Collection<? extends K> keys);

  CompletableFuture<Long> storeIntersection(K to, Collection<? extends K> keys);

  CompletableFuture<Long> storeDifference(K to, K from, Collection<? extends K> without);
}
