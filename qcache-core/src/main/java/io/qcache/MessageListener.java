package io.qcache;

/**
 * Told of messages, one call at a time, in their order, on the executor of its {@link SubscribeOptions}.  What it throws is
 * logged, and the next message follows.
 */
@FunctionalInterface
public interface MessageListener<C, M> {
  void message(Message<C, M> message);

  /** That many messages are missing here: there was no room for them in the queue, or the executor refused. */
  default void missed(long count) {}

  /**
   * The connection to the server was lost and made anew: what was published in between is missing here, and nobody knows
   * how much that is.  Never embedded.
   */
  default void interrupted() {}
}
