package io.qcache.embedded;

import io.qcache.AsyncSets;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.Sets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sets returning futures: each operation's task, run when the turn says. */
record EmbeddedAsyncSets<K, V>(SetTasks<K, V> tasks, Turn turn) implements AsyncSets<K, V> {
  @Override public CompletableFuture<Long> size(K key) {
    return turn.take(() -> tasks.size(key));
  }

  @Override public CompletableFuture<Boolean> contains(K key, V member) {
    return turn.take(() -> tasks.contains(key, member));
  }

  @Override public CompletableFuture<Set<V>> present(K key, Collection<? extends V> members) {
    return turn.take(() -> tasks.present(key, members));
  }

  @Override public CompletableFuture<Set<V>> members(K key) {
    return turn.take(() -> tasks.members(key));
  }

  @Override public CompletableFuture<Optional<V>> random(K key) {
    return turn.take(() -> tasks.random(key));
  }

  @Override public CompletableFuture<List<V>> random(K key, long count) {
    return turn.take(() -> tasks.random(key, count));
  }

  @Override public CompletableFuture<Set<V>> union(Collection<? extends K> keys) {
    return turn.take(() -> tasks.union(keys));
  }

  @Override public CompletableFuture<Set<V>> intersection(Collection<? extends K> keys) {
    return turn.take(() -> tasks.intersection(keys));
  }

  @Override public CompletableFuture<Set<V>> difference(K from, Collection<? extends K> without) {
    return turn.take(() -> tasks.difference(from, without));
  }

  @Override public CompletableFuture<Long> intersectionSize(Collection<? extends K> keys, long most) {
    return turn.take(() -> tasks.intersectionSize(keys, most));
  }

  @Override public CompletableFuture<ScanPage<V>> scanPage(K key, long cursor, ScanOptions options) {
    return turn.take(() -> tasks.scanPage(key, cursor, options));
  }

  @Override public CompletableFuture<Boolean> add(K key, V member) {
    return turn.take(() -> tasks.add(key, member));
  }

  @Override public CompletableFuture<Long> addAll(K key, Collection<? extends V> members) {
    return turn.take(() -> tasks.addAll(key, members));
  }

  @Override public CompletableFuture<Boolean> remove(K key, V member) {
    return turn.take(() -> tasks.remove(key, member));
  }

  @Override public CompletableFuture<Long> removeAll(K key, Collection<? extends V> members) {
    return turn.take(() -> tasks.removeAll(key, members));
  }

  @Override public CompletableFuture<Optional<V>> poll(K key) {
    return turn.take(() -> tasks.poll(key));
  }

  @Override public CompletableFuture<Set<V>> poll(K key, long most) {
    return turn.take(() -> tasks.poll(key, most));
  }

  @Override public CompletableFuture<Boolean> move(K from, K to, V member) {
    return turn.take(() -> tasks.move(from, to, member));
  }

  @Override public CompletableFuture<Long> storeUnion(K to, Collection<? extends K> keys) {
    return turn.take(() -> tasks.storeUnion(to, keys));
  }

  @Override public CompletableFuture<Long> storeIntersection(K to, Collection<? extends K> keys) {
    return turn.take(() -> tasks.storeIntersection(to, keys));
  }

  @Override public CompletableFuture<Long> storeDifference(K to, K from, Collection<? extends K> without) {
    return turn.take(() -> tasks.storeDifference(to, from, without));
  }
}
