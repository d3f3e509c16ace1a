package io.qcache;

/**
 * What the body of {@link Keyspace#atomically} works with.  For the body's thread, and no longer than the body.
 */
public interface Transaction<K, V> {
  /** Reads at once.  A key read here is watched from before it is read. */
  ReadOnly<K, V> read();

  /** Queues writes, applied as one when the body has returned; their futures complete then. */
  AsyncKeyspace<K, V> write();
}
