package io.qcache.keyspace;

/** Who wants to know that a key has changed.  Told under the key's stripe, so it works fast, calls nobody and may be asked by any thread. */
public interface Watcher {
  /** The key has changed. */
  void touch();

  /** The key was to be deleted and is missing: no change. */
  void touchByNothing();
}
