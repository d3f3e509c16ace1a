package io.qcache.client;

import io.qcache.AsyncStrings;
import io.qcache.SetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Strings returning futures: each operation's command, sent as the sender does.  {@code loads} may be null. */
record RemoteAsyncStrings<K, V>(Sender sender, StringCommands<K, V> commands, RemoteLoads<K, V> loads)
    implements AsyncStrings<K, V> {
  @Override public CompletableFuture<Optional<V>> get(K key) {
    return sender.send(() -> commands.get(key));
  }

  @Override public CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys) {
    return sender.send(() -> commands.getAll(keys));
  }

  @Override public CompletableFuture<Long> length(K key) {
    return sender.send(() -> commands.length(key));
  }

  @Override public CompletableFuture<V> getRange(K key, long first, long last) {
    return sender.send(() -> commands.getRange(key, first, last));
  }

  @Override public CompletableFuture<V> commonSubsequence(K first, K second) {
    return sender.send(() -> commands.commonSubsequence(first, second));
  }

  @Override public CompletableFuture<Long> commonSubsequenceLength(K first, K second) {
    return sender.send(() -> commands.commonSubsequenceLength(first, second));
  }

  @Override public CompletableFuture<Void> set(K key, V value) {
    return sender.send(() -> commands.set(key, value));
  }

  @Override public CompletableFuture<Void> set(K key, V value, Duration timeToLive) {
    return sender.send(() -> commands.set(key, value, timeToLive));
  }

  @Override public CompletableFuture<Boolean> set(K key, V value, SetOptions options) {
    return sender.send(() -> commands.set(key, value, options));
  }

  @Override public CompletableFuture<Optional<V>> getAndSet(K key, V value, SetOptions options) {
    return sender.send(() -> commands.getAndSet(key, value, options));
  }

  @Override public CompletableFuture<Optional<V>> getAndDelete(K key) {
    return sender.send(() -> commands.getAndDelete(key));
  }

  @Override public CompletableFuture<Optional<V>> getAndExpire(K key, Duration timeToLive) {
    return sender.send(() -> commands.getAndExpire(key, timeToLive));
  }

  @Override public CompletableFuture<Optional<V>> getAndExpireAt(K key, Instant deadline) {
    return sender.send(() -> commands.getAndExpireAt(key, deadline));
  }

  @Override public CompletableFuture<Optional<V>> getAndPersist(K key) {
    return sender.send(() -> commands.getAndPersist(key));
  }

  @Override public CompletableFuture<Void> setAll(Map<? extends K, ? extends V> entries) {
    return sender.send(() -> commands.setAll(entries));
  }

  @Override public CompletableFuture<Boolean> setAllIfAbsent(Map<? extends K, ? extends V> entries) {
    return sender.send(() -> commands.setAllIfAbsent(entries));
  }

  @Override public CompletableFuture<Long> append(K key, V tail) {
    return sender.send(() -> commands.append(key, tail));
  }

  @Override public CompletableFuture<Long> setRange(K key, long offset, V bytes) {
    return sender.send(() -> commands.setRange(key, offset, bytes));
  }

  @Override public CompletableFuture<Long> increment(K key, long by) {
    return sender.send(() -> commands.increment(key, by));
  }

  @Override public CompletableFuture<Long> decrement(K key, long by) {
    return sender.send(() -> commands.decrement(key, by));
  }

  @Override public CompletableFuture<Double> increment(K key, double by) {
    return sender.send(() -> commands.increment(key, by));
  }

  @Override public CompletableFuture<Optional<V>> getOrLoad(
      K key, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    return getOrLoad(() -> loads.getAsync(key, RemoteLoads.FOR_EVER, loader));
  }

  @Override public CompletableFuture<Optional<V>> getOrLoad(
      K key, Duration timeToLive, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    return getOrLoad(() -> loads.getAsync(key, RemoteLoads.millis(timeToLive), loader));
  }

  private CompletableFuture<Optional<V>> getOrLoad(Supplier<CompletableFuture<Optional<V>>> now) {
    if (loads == null) {
      return sender.send(() -> {
        throw new UnsupportedOperationException("getOrLoad runs the caller's code, so it is of async() alone");
      });
    }
    try {
      return now.get();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }
}
