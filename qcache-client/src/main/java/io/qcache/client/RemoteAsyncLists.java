package io.qcache.client;

import io.qcache.AsyncLists;
import io.qcache.FindOptions;
import io.qcache.ListEnd;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lists returning futures: each operation's command, sent as the sender does. */
record RemoteAsyncLists<K, V>(Sender sender, ListCommands<K, V> commands) implements AsyncLists<K, V> {
  @Override public CompletableFuture<Long> length(K key) {
    return sender.send(() -> commands.length(key));
  }

  @Override public CompletableFuture<Optional<V>> get(K key, long index) {
    return sender.send(() -> commands.get(key, index));
  }

  @Override public CompletableFuture<List<V>> range(K key, long first, long last) {
    return sender.send(() -> commands.range(key, first, last));
  }

  @Override public CompletableFuture<Long> indexOf(K key, V element) {
    return sender.send(() -> commands.indexOf(key, element));
  }

  @Override public CompletableFuture<List<Long>> find(K key, V element, FindOptions options) {
    return sender.send(() -> commands.find(key, element, options));
  }

  @Override public CompletableFuture<Long> addAllFirst(K key, Collection<? extends V> elements) {
    return sender.send(() -> commands.addAll(key, elements, ListEnd.FIRST, false));
  }

  @Override public CompletableFuture<Long> addAllLast(K key, Collection<? extends V> elements) {
    return sender.send(() -> commands.addAll(key, elements, ListEnd.LAST, false));
  }

  @Override public CompletableFuture<Long> addAllFirstIfPresent(K key, Collection<? extends V> elements) {
    return sender.send(() -> commands.addAll(key, elements, ListEnd.FIRST, true));
  }

  @Override public CompletableFuture<Long> addAllLastIfPresent(K key, Collection<? extends V> elements) {
    return sender.send(() -> commands.addAll(key, elements, ListEnd.LAST, true));
  }

  @Override public CompletableFuture<Optional<V>> pollFirst(K key) {
    return sender.send(() -> commands.poll(key, ListEnd.FIRST));
  }

  @Override public CompletableFuture<Optional<V>> pollLast(K key) {
    return sender.send(() -> commands.poll(key, ListEnd.LAST));
  }

  @Override public CompletableFuture<List<V>> pollFirst(K key, long most) {
    return sender.send(() -> commands.poll(key, ListEnd.FIRST, most));
  }

  @Override public CompletableFuture<List<V>> pollLast(K key, long most) {
    return sender.send(() -> commands.poll(key, ListEnd.LAST, most));
  }

  @Override public CompletableFuture<Optional<Map.Entry<K, List<V>>>> pollAny(
      Collection<? extends K> keys, ListEnd end, long most) {
    return sender.send(() -> commands.pollAny(keys, end, most));
  }

  @Override public CompletableFuture<Optional<V>> move(K from, ListEnd fromEnd, K to, ListEnd toEnd) {
    return sender.send(() -> commands.move(from, fromEnd, to, toEnd));
  }

  @Override public CompletableFuture<Void> set(K key, long index, V element) {
    return sender.send(() -> commands.set(key, index, element));
  }

  @Override public CompletableFuture<Long> insertBefore(K key, V pivot, V element) {
    return sender.send(() -> commands.insert(key, true, pivot, element));
  }

  @Override public CompletableFuture<Long> insertAfter(K key, V pivot, V element) {
    return sender.send(() -> commands.insert(key, false, pivot, element));
  }

  @Override public CompletableFuture<Long> remove(K key, V element, ListEnd from, long most) {
    return sender.send(() -> commands.remove(key, element, from, most));
  }

  @Override public CompletableFuture<Void> trim(K key, long first, long last) {
    return sender.send(() -> commands.trim(key, first, last));
  }
}
