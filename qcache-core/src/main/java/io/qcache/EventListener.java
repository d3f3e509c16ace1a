package io.qcache;

/**
 * Told of events, one call at a time, in their order, on the executor of its {@link EventOptions}.  What it throws is logged, and
 * the next event follows.
 */
@FunctionalInterface
public interface EventListener<K> {
  void event(KeyEvent<K> event);

  /** That many events are missing here: there was no room for them in the queue, or the executor refused. */
  default void missed(long count) {}

  /**
   * The connection to the server was lost and made anew: what happened in between is missing here, and nobody knows how much that
   * is.  Never embedded.
   */
  default void interrupted() {}
}
