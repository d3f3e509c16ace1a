package io.qcache.keyspace;

import io.qcache.engine.Deadline;
import io.qcache.engine.SnapshotSink;

/**
 * What a record leads to by a handle because it is too large for a page: the chunks of a long string, or a collection.
 * Guarded by the stripe; read without it through a pin of its own kind.
 *
 * <p>A writer asks {@link Records#change} for it, changes it, and says {@link Records#changed}, whatever happened between.
 */
public interface LargeValue {
  /** The memory that it takes, in bytes; without what only pins still hold. */
  long bytes();

  /** Another value of the same content. */
  LargeValue copied();

  /** The earliest deadline of something within it, in milliseconds. */
  default long earliest() {
    return Deadline.NONE;
  }

  /** The value as it is now, for a snapshot.  Under the stripe's read lock or better. */
  Frozen frozen();

  /** A value as it was at one instant, held by a pin.  For one thread at a time, without a lock; to be closed on every way out. */
  interface Frozen extends AutoCloseable {
    /** Gives all of it, as {@link SnapshotSink} says for its type. */
    void give(SnapshotSink sink);

    @Override void close();
  }
}
