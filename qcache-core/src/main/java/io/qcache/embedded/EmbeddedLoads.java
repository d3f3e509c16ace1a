package io.qcache.embedded;

import io.qcache.Bytes;
import io.qcache.Millis;
import io.qcache.StringReads;
import io.qcache.engine.Slice;
import io.qcache.load.Load;
import io.qcache.load.Loads;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Gets that load what is missing, through one keyspace's codecs.  A hit makes no object that a get does not make. */
final class EmbeddedLoads<K, V> {
  static final long FOR_EVER = 0; // milliseconds to live

  private final Coded<K, V> coded;
  private final Loads loads;
  private final StringReads<K, V> strings;

  EmbeddedLoads(Coded<K, V> coded, Loads loads, StringReads<K, V> strings) {
    this.coded = coded;
    this.loads = loads;
    this.strings = strings;
  }

  static long millis(Duration timeToLive) {
    return Millis.positive("timeToLive", timeToLive);
  }

  Optional<V> get(K key, long liveMillis, Function<? super K, ? extends V> loader) {
    Objects.requireNonNull(loader, "loader");
    Optional<V> there = strings.get(key);
    return there.isPresent() ? there : load(key, liveMillis, loader);
  }

  private Optional<V> load(K key, long liveMillis, Function<? super K, ? extends V> loader) {
    Slice k = coded.key(key);
    Load<V> load = load(key, k, liveMillis, () -> CompletableFuture.completedFuture(loader.apply(key)));
    return loads.load(coded.database().index(), Bytes.copyOf(k.array()), load);
  }

  CompletableFuture<Optional<V>> getAsync(
      K key, long liveMillis, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    Objects.requireNonNull(loader, "loader");
    Optional<V> there = strings.get(key);
    if (there.isPresent()) {
      return CompletableFuture.completedFuture(there);
    }
    Slice k = coded.key(key);
    Load<V> load = load(key, k, liveMillis, () -> loader.apply(key));
    return loads.loadAsync(coded.database().index(), Bytes.copyOf(k.array()), load);
  }

  private Load<V> load(K key, Slice k, long liveMillis, EmbeddedLoad.Making<V> making) {
    return new EmbeddedLoad<>(coded, () -> strings.get(key), k, liveMillis, making);
  }
}
