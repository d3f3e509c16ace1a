package io.qcache.client;

import io.qcache.AsyncSets;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.Sets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sets returning futures: each operation's command, sent as the sender does. */
record RemoteAsyncSets<K, V>(Sender sender, SetCommands<K, V> commands) implements AsyncSets<K, V> {
  @Override public CompletableFuture<Long> size(K key) {
    return sender.send(() -> commands.size(key));
  }

  @Override public CompletableFuture<Boolean> contains(K key, V member) {
    return sender.send(() -> commands.contains(key, member));
  }

  @Override public CompletableFuture<Set<V>> present(K key, Collection<? extends V> members) {
    return sender.send(() -> commands.present(key, members));
  }

  @Override public CompletableFuture<Set<V>> members(K key) {
    return sender.send(() -> commands.members(key));
  }

  @Override public CompletableFuture<Optional<V>> random(K key) {
    return sender.send(() -> commands.random(key));
  }

  @Override public CompletableFuture<List<V>> random(K key, long count) {
    return sender.send(() -> commands.random(key, count));
  }

  @Override public CompletableFuture<Set<V>> union(Collection<? extends K> keys) {
    return sender.send(() -> commands.union(keys));
  }

  @Override public CompletableFuture<Set<V>> intersection(Collection<? extends K> keys) {
    return sender.send(() -> commands.intersection(keys));
  }

  @Override public CompletableFuture<Set<V>> difference(K from, Collection<? extends K> without) {
    return sender.send(() -> commands.difference(from, without));
  }

  @Override public CompletableFuture<Long> intersectionSize(Collection<? extends K> keys, long most) {
    return sender.send(() -> commands.intersectionSize(keys, most));
  }

  @Override public CompletableFuture<ScanPage<V>> scanPage(K key, long cursor, ScanOptions options) {
    return sender.send(() -> commands.scanPage(key, cursor, options));
  }

  @Override public CompletableFuture<Boolean> add(K key, V member) {
    return sender.send(() -> commands.add(key, member));
  }

  @Override public CompletableFuture<Long> addAll(K key, Collection<? extends V> members) {
    return sender.send(() -> commands.addAll(key, members));
  }

  @Override public CompletableFuture<Boolean> remove(K key, V member) {
    return sender.send(() -> commands.remove(key, member));
  }

  @Override public CompletableFuture<Long> removeAll(K key, Collection<? extends V> members) {
    return sender.send(() -> commands.removeAll(key, members));
  }

  @Override public CompletableFuture<Optional<V>> poll(K key) {
    return sender.send(() -> commands.poll(key));
  }

  @Override public CompletableFuture<Set<V>> poll(K key, long most) {
    return sender.send(() -> commands.poll(key, most));
  }

  @Override public CompletableFuture<Boolean> move(K from, K to, V member) {
    return sender.send(() -> commands.move(from, to, member));
  }

  @Override public CompletableFuture<Long> storeUnion(K to, Collection<? extends K> keys) {
    return sender.send(() -> commands.storeUnion(to, keys));
  }

  @Override public CompletableFuture<Long> storeIntersection(K to, Collection<? extends K> keys) {
    return sender.send(() -> commands.storeIntersection(to, keys));
  }

  @Override public CompletableFuture<Long> storeDifference(K to, K from, Collection<? extends K> without) {
    return sender.send(() -> commands.storeDifference(to, from, without));
  }
}
