package io.qcache;

import io.qcache.embedded.EmbeddedCache;
import io.qcache.engine.Engine;
import io.qcache.log.ForcePolicy;
import io.qcache.snapshot.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A cache: sixteen databases of keys and values, of which this is the view of the first, as text.  The same interface
 * is had embedded, by {@link #open()}, and remotely, from {@code qcache-client}.  Thread-safe.
 *
 * <p>To be closed when done with; an operation on a closed one throws {@link ClosedException}.
 */
public interface QCache extends Keyspace<String, String>, AutoCloseable {
  /** An empty cache in this JVM. */
  static QCache open() {
    return builder().open();
  }

  static Builder builder() {
    return new Builder();
  }

  /**
   * The view of another database.
   *
   * @throws OutOfRangeException where there is none of that index
   */
  Keyspace<String, String> database(int index);

  /** Messages between all who use the cache, as text; {@link Channels#as} has other codecs. */
  Channels<String, String> channels();

  /** What happens to the keys of all databases, with keys as text; {@link Events#as} has other codecs. */
  Events<String> events();

  /** Deletes all keys of all databases at one instant. */
  void clearAll();

  /** Exchanges the contents of two databases at one instant. */
  void swapDatabases(int first, int second);

  /**
   * What the cache has done and holds.  Costs a brief hold of each part of the store, microseconds to some tenths of a
   * millisecond however many keys there are; remotely one request.
   */
  Stats stats();

  /** The bound on all memory that the cache holds, in bytes; 0 for a Redis server that has none. */
  long maxMemory();

  /**
   * Sets that bound from now on; 0 for half of the JVM's heap, where a Redis server takes it for none.  When it is
   * lowered the call returns at once, and what is above it is dropped bit by bit, by a thread of the cache's and by those
   * who write; where the policy may drop nothing, writes throw {@link MemoryLimitException} until it fits.
   *
   * @throws IllegalArgumentException where it is negative, or above three quarters of the heap of the JVM that holds it
   */
  void maxMemory(long bytes);

  /** What is dropped when a write would pass the bound. */
  EvictionPolicy evictionPolicy();

  /** Sets what is dropped, from now on; keys and what is known of their use stay. */
  void evictionPolicy(EvictionPolicy policy);

  /**
   * Ends it: waiting calls end with {@link ClosedException}.  One that has a directory has written its file when this returns.  A second
   * call does nothing.
   *
   * @throws java.io.UncheckedIOException where that file could not be written; the cache is closed all the same
   */
  @Override void close();

  /** How an embedded cache is opened.  Not thread-safe; can be used for several caches. */
  final class Builder {
    private final Engine.Settings settings = new Engine.Settings();
    private Path directory; // null for none
    private Fsync fsync; // null for no log

    private Builder() {}

    /** How many databases there are, from 1 to 65,536; 16 unless said. */
    public Builder databases(int count) {
      settings.databases(count);
      return this;
    }

    /**
     * The bound on all memory that the cache holds, in bytes, over all its databases: at most three quarters of the
     * JVM's heap, half of the heap unless said.  A write for which there is no room throws {@link
     * MemoryLimitException}, unless an {@link #evictionPolicy} makes room.
     */
    public Builder maxMemory(long bytes) {
      settings.maxBytes(bytes);
      return this;
    }

    /** What is dropped when a write would pass the bound; nothing unless said. */
    public Builder evictionPolicy(EvictionPolicy policy) {
      settings.evictionPolicy(policy);
      return this;
    }

    /** What deadlines are measured by; the default is the wall clock at start plus the monotonic time since. */
    public Builder clock(InstantSource clock) {
      settings.clock(Objects.requireNonNull(clock));
      return this;
    }

    /** Where random choices come from; used by one thread at a time. */
    public Builder random(RandomGenerator random) {
      settings.random(Objects.requireNonNull(random));
      return this;
    }

    /**
     * The secret by which keys are spread, 128 bits.  It is random unless given, and should be given by tests alone:
     * who knows it can send keys that all fall together.
     */
    public Builder hashKey(long first, long second) {
      settings.hashKey(first, second);
      return this;
    }

    /** Where the cache says what happens to it; {@link Log#system()} unless given. */
    public Builder log(Log log) {
      settings.log(Objects.requireNonNull(log));
      return this;
    }

    /**
     * Where the cache keeps its keys, made if it is missing: {@code dump.rdb}, in Redis's format, is loaded when the cache is opened, and
     * written when it is closed if anything has changed; a server with that {@code dir} works with the same file.  What a process that
     * is killed has changed is lost.  A lock file, {@code qcache.lock}, keeps others out as long as the cache is open.  In memory alone
     * unless given.
     */
    public Builder directory(Path path) {
      directory = Objects.requireNonNull(path, "directory");
      return this;
    }

    /**
     * Keeps a log in the directory, too, so that what is changed outlives the process: segments named {@code .aof}, read behind the
     * snapshot when it is opened, by a server too.  Under {@link Fsync#ALWAYS} a change returns when it is safe; otherwise what was
     * changed within the last milliseconds is lost with the process, and within the last second, or longer, with the power.  Closing
     * waits until all is safe.  No log unless given.
     */
    public Builder fsync(Fsync when) {
      fsync = Objects.requireNonNull(when, "fsync");
      return this;
    }

    /**
     * Opens it.
     *
     * @throws UncheckedIOException where the directory cannot be used, is in use by another cache or server, or holds a file that is
     *     damaged, or does not fit: then nothing of it has been changed
     */
    public QCache open() {
      if (fsync != null && directory == null) {
        throw new IllegalArgumentException("fsync needs a directory");
      }
      Engine engine = Engine.open(settings);
      if (directory != null) {
        try {
          Snapshots.attach(engine, directory, fsync == null ? null : ForcePolicy.valueOf(fsync.name()));
        } catch (IOException e) {
          engine.close();
          throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
          engine.close();
          throw e;
        }
      }
      return new EmbeddedCache(engine);
    }
  }
}
