package io.qcache;

/**
 * What happens to keys, by whatever means: through either door, by expiry or by eviction.  Thread-safe; events are those of all
 * databases unless the options say otherwise.
 *
 * <p>The events of one key come in their order.  Nothing is kept for who does not listen.  That whole databases are cleared or
 * swapped is no event of a key, as in Redis.
 *
 * @param <K> what keys are
 */
public interface Events<K> {
  /** The same events with keys seen through another codec. */
  <A> Events<A> as(Codec<A> keys);

  /**
   * Tells the listener of every event from when this returns on, until it is closed.
   *
   * @throws QCacheException remotely, where the server does not publish what is asked for: its {@code notify-keyspace-events} must
   *     have E, or K for a pattern of keys, and the events' classes; {@code KEA} has all
   */
  Listening listen(EventOptions options, EventListener<K> listener);

  /** Tells the listener of all events. */
  default Listening listen(EventListener<K> listener) {
    return listen(EventOptions.all(), listener);
  }
}
