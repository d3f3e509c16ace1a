package io.qcache.pubsub;

/** Somebody who is subscribed: a connection, or a subscription of the Java door.  Thread-safe. */
public interface Subscriber {
  /**
   * Takes a message, on its publisher's thread, which has others to serve: it hands over, waits for nothing and calls
   * nobody's code.  Messages of one publisher come in their order.
   *
   * @param through the membership that it came by, which may just have ended
   * @param post    the message, and by {@link Post#next} those that follow it; valid during the call
   */
  void take(Membership through, Post post);

  /** The cache is closed: nothing more will come. */
  void closed();
}
