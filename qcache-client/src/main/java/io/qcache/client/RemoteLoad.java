package io.qcache.client;

import io.qcache.load.Load;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A load into a server.  No connection is held while the loader runs, so this is no WATCH: what this client changes
 * makes the load stale as it is sent ({@link Door#changes}), and what is kept goes over the same connection, as SET NX.
 * What WATCH would see beyond that is another client's change that leaves the key missing, except by deleting nothing.
 */
abstract class RemoteLoad<K, V> extends Load<V> {
  final Door door;
  final StringCommands<K, V> commands;
  final byte[] key;
  private final long liveMillis; // or FOR_EVER

  private RemoteLoad(Door door, StringCommands<K, V> commands, byte[] key, long liveMillis) {
    this.door = door;
    this.commands = commands;
    this.key = key;
    this.liveMillis = liveMillis;
  }

  final Command<Boolean> set(byte[] value) {
    return commands.setLoaded(key, value, liveMillis);
  }

  final Command<Optional<V>> read() {
    Command<byte[]> read = commands.getBytes(key);
    return Command.of(read.request(), reply -> Optional.ofNullable(read.result(reply)).map(commands::decoded));
  }

  @Override protected final byte[] encode(V value) {
    return commands.encoded(value);
  }

  @Override protected final V decode(byte[] bytes) {
    return commands.decoded(bytes);
  }

  @Override protected final void end() {}

  /** Each step waits for its reply. */
  static final class Waiting<K, V> extends RemoteLoad<K, V> {
    private final Supplier<? extends V> loader;

    Waiting(Door door, StringCommands<K, V> commands, byte[] key, long liveMillis, Supplier<? extends V> loader) {
      super(door, commands, key, liveMillis);
      this.loader = loader;
    }

    @Override protected CompletableFuture<Optional<V>> get() {
      return CompletableFuture.completedFuture(door.call(read()));
    }

    @Override protected CompletableFuture<byte[]> begin() {
      return CompletableFuture.completedFuture(door.call(commands.getBytes(key)));
    }

    @Override protected CompletionStage<? extends V> make() {
      return CompletableFuture.completedFuture(loader.get());
    }

    @Override protected CompletableFuture<?> keep(byte[] value) {
      door.keepUnless(this::isStale, set(value));
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Nobody waits.  The loader is called on a thread of the common pool: the connection's would keep all replies waiting. */
  static final class Async<K, V> extends RemoteLoad<K, V> {
    private final Supplier<? extends CompletionStage<? extends V>> loader;

    Async(Door door, StringCommands<K, V> commands, byte[] key, long liveMillis,
        Supplier<? extends CompletionStage<? extends V>> loader) {
      super(door, commands, key, liveMillis);
      this.loader = loader;
    }

    @Override protected CompletableFuture<Optional<V>> get() {
      return door.send(this::read);
    }

    @Override protected CompletableFuture<byte[]> begin() {
      return door.send(() -> commands.getBytes(key)).thenApplyAsync(Function.identity());
    }

    @Override protected CompletionStage<? extends V> make() {
      return loader.get();
    }

    @Override protected CompletableFuture<?> keep(byte[] value) {
      return door.keepUnlessAsync(this::isStale, set(value));
    }
  }
}
