package io.qcache.engine;

/**
 * Told of the changes of an engine, in their order, one call at a time, on the subscription's executor.  What it throws
 * is
 * logged, and the next change follows.
 */
public interface ChangeListener {
  void changed(Change change);

  /**
   * That many changes are missing here: the queue was full and the writer one that never waits, or the executor
   * refused.
   */
  void missed(long count);
}
