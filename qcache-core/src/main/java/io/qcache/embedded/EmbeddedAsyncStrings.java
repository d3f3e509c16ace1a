package io.qcache.embedded;

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

/** Strings returning futures: each operation's task, run when the turn says.  {@code loads} may be null. */
record EmbeddedAsyncStrings<K, V>(StringTasks<K, V> tasks, Turn turn, EmbeddedLoads<K, V> loads)
    implements AsyncStrings<K, V> {
  @Override public CompletableFuture<Optional<V>> get(K key) {
    return turn.take(() -> tasks.get(key));
  }

  @Override public CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys) {
    return turn.take(() -> tasks.getAll(keys));
  }

  @Override public CompletableFuture<Long> length(K key) {
    return turn.take(() -> tasks.length(key));
  }

  @Override public CompletableFuture<V> getRange(K key, long first, long last) {
    return turn.take(() -> tasks.getRange(key, first, last));
  }

  @Override public CompletableFuture<V> commonSubsequence(K first, K second) {
    return turn.take(() -> tasks.commonSubsequence(first, second));
  }

  @Override public CompletableFuture<Long> commonSubsequenceLength(K first, K second) {
    return turn.take(() -> tasks.commonSubsequenceLength(first, second));
  }

  @Override public CompletableFuture<Boolean> set(K key, V value, SetOptions options) {
    return turn.take(() -> tasks.set(key, value, options));
  }

  @Override public CompletableFuture<Optional<V>> getAndSet(K key, V value, SetOptions options) {
    return turn.take(() -> tasks.getAndSet(key, value, options));
  }

  @Override public CompletableFuture<Optional<V>> getAndDelete(K key) {
    return turn.take(() -> tasks.getAndDelete(key));
  }

  @Override public CompletableFuture<Void> setAll(Map<? extends K, ? extends V> entries) {
    return turn.take(() -> tasks.setAll(entries));
  }

  @Override public CompletableFuture<Boolean> setAllIfAbsent(Map<? extends K, ? extends V> entries) {
    return turn.take(() -> tasks.setAllIfAbsent(entries));
  }

  @Override public CompletableFuture<Long> append(K key, V tail) {
    return turn.take(() -> tasks.append(key, tail));
  }

  @Override public CompletableFuture<Long> setRange(K key, long offset, V bytes) {
    return turn.take(() -> tasks.setRange(key, offset, bytes));
  }

  @Override public CompletableFuture<Long> increment(K key, long by) {
    return turn.take(() -> tasks.increment(key, by));
  }

  @Override public CompletableFuture<Long> decrement(K key, long by) {
    return turn.take(() -> tasks.decrement(key, by));
  }

  @Override public CompletableFuture<Double> increment(K key, double by) {
    return turn.take(() -> tasks.increment(key, by));
  }

  @Override public CompletableFuture<Void> set(K key, V value) {
    return turn.take(() -> tasks.set(key, value));
  }

  @Override public CompletableFuture<Void> set(K key, V value, Duration timeToLive) {
    return turn.take(() -> tasks.set(key, value, timeToLive));
  }

  @Override public CompletableFuture<Optional<V>> getAndExpire(K key, Duration timeToLive) {
    return turn.take(() -> tasks.getAndExpire(key, SetOptions.always().expireIn(timeToLive)));
  }

  @Override public CompletableFuture<Optional<V>> getAndExpireAt(K key, Instant deadline) {
    return turn.take(() -> tasks.getAndExpire(key, SetOptions.always().expireAt(deadline)));
  }

  @Override public CompletableFuture<Optional<V>> getAndPersist(K key) {
    return turn.take(() -> tasks.getAndExpire(key, SetOptions.always()));
  }

  @Override public CompletableFuture<Optional<V>> getOrLoad(
      K key, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    return getOrLoad(() -> loads.getAsync(key, EmbeddedLoads.FOR_EVER, loader));
  }

  @Override public CompletableFuture<Optional<V>> getOrLoad(
      K key, Duration timeToLive, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    return getOrLoad(() -> loads.getAsync(key, EmbeddedLoads.millis(timeToLive), loader));
  }

  private CompletableFuture<Optional<V>> getOrLoad(Supplier<CompletableFuture<Optional<V>>> now) {
    if (loads == null) {
      return turn.take(() -> {
        throw new UnsupportedOperationException("getOrLoad runs the caller's code, so it is of async() alone");
      });
    }
    try {
      return now.get();
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }
}
