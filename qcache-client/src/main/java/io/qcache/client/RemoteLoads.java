package io.qcache.client;

import io.qcache.Bytes;
import io.qcache.Millis;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Gets that load what is missing, through one keyspace's codecs.  A hit is a GET and nothing more. */
final class RemoteLoads<K, V> {
  static final long FOR_EVER = 0; // milliseconds to live

  private final Door door;
  private final StringCommands<K, V> commands;

  RemoteLoads(Door door, StringCommands<K, V> commands) {
    this.door = door;
    this.commands = commands;
  }

  static long millis(Duration timeToLive) {
    return Millis.positive("timeToLive", timeToLive);
  }

  Optional<V> get(K key, long liveMillis, Function<? super K, ? extends V> loader) {
    Objects.requireNonNull(loader, "loader");
    Optional<V> there = door.call(commands.get(key));
    if (there.isPresent()) {
      return there;
    }
    byte[] k = commands.encodedKey(key);
    return door.loads().load(door.database(), Bytes.copyOf(k),
        new RemoteLoad.Waiting<>(door, commands, k, liveMillis, () -> loader.apply(key)));
  }

  CompletableFuture<Optional<V>> getAsync(
      K key, long liveMillis, Function<? super K, ? extends CompletionStage<? extends V>> loader) {
    Objects.requireNonNull(loader, "loader");
    byte[] k = commands.encodedKey(key);
    return door.send(() -> commands.get(key)).thenCompose(there -> there.isPresent()
        ? CompletableFuture.completedFuture(there)
        : door.loads().loadAsync(door.database(), Bytes.copyOf(k),
            new RemoteLoad.Async<>(door, commands, k, liveMillis, () -> loader.apply(key))));
  }
}
