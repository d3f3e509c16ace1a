package io.qcache.engine;

import io.qcache.ValueType;

/**
 * Where a snapshot goes, key by key: {@link #key}, then the value as to any sink.  Called by the thread that takes the
 * snapshot,
 * under no lock, so it may take its time; what it throws ends the snapshot.
 */
public interface SnapshotSink extends Sink {
  /** The next key; its value follows. */
  void key(int database, ValueType type, long deadlineMillis, Slice key);
}
