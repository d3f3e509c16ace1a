package io.qcache.embedded;

import io.qcache.AsyncLists;
import io.qcache.FindOptions;
import io.qcache.ListEnd;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lists returning futures: each operation's task, run when the turn says. */
record EmbeddedAsyncLists<K, V>(ListTasks<K, V> tasks, Turn turn) implements AsyncLists<K, V> {
  @Override public CompletableFuture<Long> length(K key) {
    return turn.take(() -> tasks.length(key));
  }

  @Override public CompletableFuture<Optional<V>> get(K key, long index) {
    return turn.take(() -> tasks.get(key, index));
  }

  @Override public CompletableFuture<List<V>> range(K key, long first, long last) {
    return turn.take(() -> tasks.range(key, first, last));
  }

  @Override public CompletableFuture<Long> indexOf(K key, V element) {
    return turn.take(() -> tasks.indexOf(key, element));
  }

  @Override public CompletableFuture<List<Long>> find(K key, V element, FindOptions options) {
    return turn.take(() -> tasks.find(key, element, options));
  }

  @Override public CompletableFuture<Long> addAllFirst(K key, Collection<? extends V> elements) {
    return turn.take(() -> tasks.addAll(key, elements, ListEnd.FIRST, false));
  }

  @Override public CompletableFuture<Long> addAllLast(K key, Collection<? extends V> elements) {
    return turn.take(() -> tasks.addAll(key, elements, ListEnd.LAST, false));
  }

  @Override public CompletableFuture<Long> addAllFirstIfPresent(K key, Collection<? extends V> elements) {
    return turn.take(() -> tasks.addAll(key, elements, ListEnd.FIRST, true));
  }

  @Override public CompletableFuture<Long> addAllLastIfPresent(K key, Collection<? extends V> elements) {
    return turn.take(() -> tasks.addAll(key, elements, ListEnd.LAST, true));
  }

  @Override public CompletableFuture<Optional<V>> pollFirst(K key) {
    return turn.take(() -> tasks.poll(key, ListEnd.FIRST));
  }

  @Override public CompletableFuture<Optional<V>> pollLast(K key) {
    return turn.take(() -> tasks.poll(key, ListEnd.LAST));
  }

  @Override public CompletableFuture<List<V>> pollFirst(K key, long most) {
    return turn.take(() -> tasks.poll(key, ListEnd.FIRST, most));
  }

  @Override public CompletableFuture<List<V>> pollLast(K key, long most) {
    return turn.take(() -> tasks.poll(key, ListEnd.LAST, most));
  }

  @Override public CompletableFuture<Optional<Map.Entry<K, List<V>>>> pollAny(
      Collection<? extends K> keys, ListEnd end, long most) {
    return turn.take(() -> tasks.pollAny(keys, end, most));
  }

  @Override public CompletableFuture<Optional<V>> move(K from, ListEnd fromEnd, K to, ListEnd toEnd) {
    return turn.take(() -> tasks.move(from, fromEnd, to, toEnd));
  }

  @Override public CompletableFuture<Void> set(K key, long index, V element) {
    return turn.take(() -> tasks.set(key, index, element));
  }

  @Override public CompletableFuture<Long> insertBefore(K key, V pivot, V element) {
    return turn.take(() -> tasks.insert(key, true, pivot, element));
  }

  @Override public CompletableFuture<Long> insertAfter(K key, V pivot, V element) {
    return turn.take(() -> tasks.insert(key, false, pivot, element));
  }

  @Override public CompletableFuture<Long> remove(K key, V element, ListEnd from, long most) {
    return turn.take(() -> tasks.remove(key, element, from, most));
  }

  @Override public CompletableFuture<Void> trim(K key, long first, long last) {
    return turn.take(() -> tasks.trim(key, first, last));
  }
}
