package io.qcache.pubsub;

import io.qcache.engine.Slice;

/**
 * That a subscriber is in a topic, from {@link Broker#subscribe} to {@link Broker#unsubscribe}.
 *
 * <p>A publisher may have looked up who is there just before one left, and hand over just after.  So a subscriber looks
 * at {@link #hasEnded} where it takes up a message, on the thread that also unsubscribes.
 */
public final class Membership {
  private final Topic topic;
  private final Subscriber subscriber;
  int index; // in the topic's list; guarded by the topic
  private volatile boolean ended;

  Membership(Topic topic, Subscriber subscriber) {
    this.topic = topic;
    this.subscriber = subscriber;
  }

  public Kind kind() {
    return topic.kind();
  }

  /** The channel's name or the pattern, in bytes of its own, hashed; not to be changed. */
  public Slice name() {
    return topic.name();
  }

  Topic topic() {
    return topic;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /** Whether it is over, so that what still comes by it is for nobody. */
  public boolean hasEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }
}
