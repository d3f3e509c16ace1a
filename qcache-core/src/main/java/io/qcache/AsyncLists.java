package io.qcache;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@link Lists} returning futures. */
public interface AsyncLists<K, V> {
  CompletableFuture<Long> length(K key);

  CompletableFuture<Optional<V>> get(K key, long index);

  CompletableFuture<List<V>> range(K key, long first, long last);

  default CompletableFuture<List<V>> getAll(K key) {
    return range(key, 0, -1);
  }

  CompletableFuture<Long> indexOf(K key, V element);

  CompletableFuture<List<Long>> find(K key, V element, FindOptions options);

  default CompletableFuture<Long> addFirst(K key, V element) {
    return addAllFirst(key, List.of(element));
  }

  default CompletableFuture<Long> addLast(K key, V element) {
    return addAllLast(key, List.of(element));
  }

  CompletableFuture<Long> addAllFirst(K key, Collection<? extends V> elements);

  CompletableFuture<Long> addAllLast(K key, Collection<? extends V> elements);

  CompletableFuture<Long> addAllFirstIfPresent(K key, Collection<? extends V> elements);

  CompletableFuture<Long> addAllLastIfPresent(K key, Collection<? extends V> elements);

  CompletableFuture<Optional<V>> pollFirst(K key);

  CompletableFuture<Optional<V>> pollLast(K key);

  CompletableFuture<List<V>> pollFirst(K key, long most);

  CompletableFuture<List<V>> pollLast(K key, long most);

  CompletableFuture<Optional<Map.Entry<K, List<V>>>> pollAny(Collection<? extends K> keys, ListEnd end, long most);

  CompletableFuture<Optional<V>> move(K from, ListEnd fromEnd, K to, ListEnd toEnd);

  CompletableFuture<Void> set(K key, long index, V element);

  CompletableFuture<Long> insertBefore(K key, V pivot, V element);

  CompletableFuture<Long> insertAfter(K key, V pivot, V element);

  default CompletableFuture<Long> remove(K key, V element) {
    return remove(key, element, ListEnd.FIRST, Long.MAX_VALUE);
  }

  CompletableFuture<Long> remove(K key, V element, ListEnd from, long most);

  CompletableFuture<Void> trim(K key, long first, long last);
}
