package io.qcache.client;

import io.qcache.Keyspace;
import io.qcache.SetOptions;
import io.qcache.Strings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Strings: each operation's command, waited for. */
final class RemoteStrings<K, V> extends RemoteStringReads<K, V> implements Strings<K, V> {
  private final Keyspace<K, V> keyspace;
  private final RemoteLoads<K, V> loads;

  RemoteStrings(Caller caller, StringCommands<K, V> commands, Keyspace<K, V> keyspace, RemoteLoads<K, V> loads) {
    super(caller, commands);
    this.keyspace = keyspace;
    this.loads = loads;
  }

  @Override public void set(K key, V value) {
    caller.call(commands.set(key, value));
  }

  @Override public void set(K key, V value, Duration timeToLive) {
    caller.call(commands.set(key, value, timeToLive));
  }

  @Override public boolean set(K key, V value, SetOptions options) {
    return caller.call(commands.set(key, value, options));
  }

  @Override public Optional<V> getAndSet(K key, V value, SetOptions options) {
    return caller.call(commands.getAndSet(key, value, options));
  }

  @Override public Optional<V> getAndDelete(K key) {
    return caller.call(commands.getAndDelete(key));
  }

  @Override public Optional<V> getAndExpire(K key, Duration timeToLive) {
    return caller.call(commands.getAndExpire(key, timeToLive));
  }

  @Override public Optional<V> getAndExpireAt(K key, Instant deadline) {
    return caller.call(commands.getAndExpireAt(key, deadline));
  }

  @Override public Optional<V> getAndPersist(K key) {
    return caller.call(commands.getAndPersist(key));
  }

  @Override public void setAll(Map<? extends K, ? extends V> entries) {
    caller.call(commands.setAll(entries));
  }

  @Override public boolean setAllIfAbsent(Map<? extends K, ? extends V> entries) {
    return caller.call(commands.setAllIfAbsent(entries));
  }

  @Override public long append(K key, V tail) {
    return caller.call(commands.append(key, tail));
  }

  @Override public long setRange(K key, long offset, V bytes) {
    return caller.call(commands.setRange(key, offset, bytes));
  }

  @Override public long increment(K key, long by) {
    return caller.call(commands.increment(key, by));
  }

  @Override public long decrement(K key, long by) {
    return caller.call(commands.decrement(key, by));
  }

  @Override public double increment(K key, double by) {
    return caller.call(commands.increment(key, by));
  }

  /** What a body has made, and the write of it, which may fail by itself. */
  private record Made<T>(T value, CompletableFuture<?> write) {
    T orFailure() {
      Answer.resultOf(write);
      return value;
    }
  }

  private static final CompletableFuture<?> UNCHANGED = CompletableFuture.completedFuture(null);

  @Override public Optional<V> compute(K key, UnaryOperator<Optional<V>> change) {
    Made<Optional<V>> made = keyspace.atomically(List.of(key), transaction -> {
      Optional<V> old = transaction.read().get(key);
      Optional<V> next = change.apply(old);
      if (next.isPresent()) {
        return new Made<>(next, transaction.write().strings().set(key, next.get(), SetOptions.always().keepTtl()));
      }
      return new Made<>(next, old.isPresent() ? transaction.write().delete(key) : UNCHANGED);
    });
    return made.orFailure();
  }

  @Override public V computeIfAbsent(K key, Function<? super K, ? extends V> make) {
    Optional<V> there = get(key); // mostly it is, and this needs no connection of its own
    return there.isPresent() ? there.get() : makeIfAbsent(key, make);
  }

  private V makeIfAbsent(K key, Function<? super K, ? extends V> make) {
    Made<V> made = keyspace.atomically(List.of(key), transaction -> {
      Optional<V> old = transaction.read().get(key);
      if (old.isPresent()) {
        return new Made<>(old.get(), UNCHANGED);
      }
      V fresh = make.apply(key);
      return new Made<>(fresh, transaction.write().set(key, fresh));
    });
    return made.orFailure();
  }

  @Override public Optional<V> getOrLoad(K key, Function<? super K, ? extends V> loader) {
    return loads.get(key, RemoteLoads.FOR_EVER, loader);
  }

  @Override public Optional<V> getOrLoad(K key, Duration timeToLive, Function<? super K, ? extends V> loader) {
    return loads.get(key, RemoteLoads.millis(timeToLive), loader);
  }
}
