package io.qcache.engine;

/**
 * Told of the changes of an engine, in their order, one call at a time, on the subscription's executor.  What it throws
 * is logged, and the next change follows.
 */
public interface ChangeListener {
  void changed(Change change);

  /** Whether it wants to be told of that one; asked on the thread that hands over, so it must be quick and throw nothing. */
  default boolean wants(Change change) {
    return change.event() != Event.KEYMISS;
  }

  /** What the log calls it. */
  default String name() {
    return getClass().getName();
  }

  /** Whether it wants to be told of reads that find nothing. */
  default boolean wantsMisses() {
    return false;
  }

  /**
   * That many changes are missing here: the queue was full and the writer one that never waits, or the executor
   * refused.
   */
  void missed(long count);
}
