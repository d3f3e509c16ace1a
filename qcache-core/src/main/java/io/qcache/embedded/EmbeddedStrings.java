package io.qcache.embedded;

import io.qcache.Keyspace;
import io.qcache.SetOptions;
import io.qcache.Strings;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Signal;
import io.qcache.engine.StringOps;
import io.qcache.load.Loads;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Strings on the caller's thread.  The everyday three, get, get into a buffer and set, go straight to the engine
 * without an object between; the others are tasks.
 */
final class EmbeddedStrings<K, V> implements Strings<K, V> {
  private final Coded<K, V> coded;
  private final Database database;
  private final StringTasks<K, V> tasks;
  private final Keyspace<K, V> keyspace;
  private final EmbeddedLoads<K, V> loads;

  EmbeddedStrings(Coded<K, V> coded, Keyspace<K, V> keyspace, Loads loads) {
    this.coded = coded;
    this.database = coded.database();
    this.tasks = new StringTasks<>(coded);
    this.keyspace = keyspace;
    this.loads = new EmbeddedLoads<>(coded, loads, this);
  }

  EmbeddedLoads<K, V> loads() {
    return loads;
  }

  @Override public Optional<V> get(K key) {
    coded.requireOpen();
    byte[] k = coded.keyNow(key);
    Scratch scratch = Scratch.take();
    try {
      StringOps.get(database, scratch.key.wrap(k), scratch);
      int length = scratch.length();
      return length < 0 ? Optional.empty() : Optional.of(coded.decode(scratch.bytes(), length));
    } catch (Signal signal) {
      throw signal.failure().exception();
    } finally {
      scratch.giveBack();
    }
  }

  @Override public int get(K key, byte[] into, int offset) {
    coded.requireOpen();
    Objects.checkFromIndexSize(offset, 0, into.length);
    byte[] k = coded.keyNow(key);
    Scratch scratch = Scratch.take();
    try {
      scratch.into(into, offset);
      StringOps.get(database, scratch.key.wrap(k), scratch);
      return scratch.length();
    } catch (Signal signal) {
      throw signal.failure().exception();
    } finally {
      scratch.giveBack();
    }
  }

  @Override public void set(K key, V value) {
    coded.requireOpen();
    byte[] k = coded.keyNow(key);
    byte[] v = coded.valueNow(value);
    if (k == v) { // one codec for both that hands out one array: the key was overwritten by the value
      v = v.clone();
      k = coded.keyNow(key);
    }
    Scratch scratch = Scratch.take();
    try {
      StringOps.set(database, scratch.key.wrap(k), scratch.value.wrap(v), StringOps.If.ALWAYS, Deadline.NONE, null);
    } catch (Signal signal) {
      throw signal.failure().exception();
    } finally {
      scratch.giveBack();
    }
  }

  @Override public void set(K key, V value, Duration timeToLive) {
    tasks.set(key, value, timeToLive).now(database);
  }

  @Override public Map<K, V> getAll(Collection<? extends K> keys) {
    return tasks.getAll(keys).now(database);
  }

  @Override public long length(K key) {
    return tasks.length(key).now(database);
  }

  @Override public V getRange(K key, long first, long last) {
    return tasks.getRange(key, first, last).now(database);
  }

  @Override public V commonSubsequence(K first, K second) {
    return tasks.commonSubsequence(first, second).now(database);
  }

  @Override public long commonSubsequenceLength(K first, K second) {
    return tasks.commonSubsequenceLength(first, second).now(database);
  }

  @Override public boolean set(K key, V value, SetOptions options) {
    return tasks.set(key, value, options).now(database);
  }

  @Override public Optional<V> getAndSet(K key, V value, SetOptions options) {
    return tasks.getAndSet(key, value, options).now(database);
  }

  @Override public Optional<V> getAndDelete(K key) {
    return tasks.getAndDelete(key).now(database);
  }

  @Override public void setAll(Map<? extends K, ? extends V> entries) {
    tasks.setAll(entries).now(database);
  }

  @Override public boolean setAllIfAbsent(Map<? extends K, ? extends V> entries) {
    return tasks.setAllIfAbsent(entries).now(database);
  }

  @Override public long append(K key, V tail) {
    return tasks.append(key, tail).now(database);
  }

  @Override public long setRange(K key, long offset, V bytes) {
    return tasks.setRange(key, offset, bytes).now(database);
  }

  @Override public long increment(K key, long by) {
    return tasks.increment(key, by).now(database);
  }

  @Override public long decrement(K key, long by) {
    return tasks.decrement(key, by).now(database);
  }

  @Override public double increment(K key, double by) {
    return tasks.increment(key, by).now(database);
  }

  @Override public Optional<V> getAndExpire(K key, Duration timeToLive) {
    return tasks.getAndExpire(key, SetOptions.always().expireIn(timeToLive)).now(database);
  }

  @Override public Optional<V> getAndExpireAt(K key, Instant deadline) {
    return tasks.getAndExpire(key, SetOptions.always().expireAt(deadline)).now(database);
  }

  @Override public Optional<V> getAndPersist(K key) {
    return tasks.getAndExpire(key, SetOptions.always()).now(database);
  }

  @Override public Optional<V> compute(K key, UnaryOperator<Optional<V>> change) {
    return keyspace.<Computed<Optional<V>>>atomically(List.of(key), transaction -> {
      Optional<V> old = transaction.read().get(key);
      Optional<V> made = change.apply(old);
      if (made.isPresent()) {
        return new Computed<>(made, transaction.write().strings().set(key, made.get(), SetOptions.always().keepTtl()));
      }
      return new Computed<>(made, old.isPresent() ? transaction.write().delete(key) : null);
    }).result();
  }

  @Override public V computeIfAbsent(K key, Function<? super K, ? extends V> make) {
    return keyspace.<Computed<V>>atomically(List.of(key), transaction -> {
      Optional<V> old = transaction.read().get(key);
      if (old.isPresent()) {
        return new Computed<>(old.get(), null);
      }
      V made = make.apply(key);
      return new Computed<>(made, transaction.write().set(key, made));
    }).result();
  }

  @Override public Optional<V> getOrLoad(K key, Function<? super K, ? extends V> loader) {
    return loads.get(key, EmbeddedLoads.FOR_EVER, loader);
  }

  @Override public Optional<V> getOrLoad(K key, Duration timeToLive, Function<? super K, ? extends V> loader) {
    return loads.get(key, EmbeddedLoads.millis(timeToLive), loader);
  }

  /** What was computed, and the write of it, null where there was nothing to write. */
  private record Computed<T>(T made, CompletableFuture<?> write) {
    /** The same, once the write is known to have succeeded. */
    T result() {
      try {
        if (write != null) {
          write.join();
        }
        return made;
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof Error error) {
          throw error; // out of memory stays what it is
        }
        throw failed.getCause() instanceof RuntimeException reason ? reason : failed;
      }
    }
  }
}
