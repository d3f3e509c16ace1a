package io.qcache;

import java.util.Collection;
import java.util.List;

/**
 * Messages from whoever publishes to whoever is subscribed at that moment, through both doors: a message published by an
 * embedding program reaches the clients of its server, and the other way round.  Thread-safe; channels belong to the
 * cache, not to a database.
 *
 * <p>Nothing is kept: who is not subscribed when a message is published never gets it.  The messages of one publisher come
 * in their order; a publisher waits for nobody.  A subscriber that is too slow misses messages, from the first for which
 * its queue has no room on, and is told how many.  Patterns are globs: {@code news.*}, {@code h?llo}, {@code h[ae]llo}.
 *
 * <p>Codecs run on the threads of those who publish, iterate or listen.
 *
 * @param <C> what channels and patterns are named by
 * @param <M> what messages are
 */
public interface Channels<C, M> {
  /** The same channels seen through other codecs. */
  <A, B> Channels<A, B> as(Codec<A> channels, Codec<B> messages);

  /** Publishes a message; how many subscribers it is for, one that is subscribed in several ways counted for each. */
  long publish(C channel, M message);

  /** A subscription to be iterated over; it has begun when this returns. */
  Subscription<C, M> subscribe(Collection<? extends C> channels, SubscribeOptions options);

  /** The same of all channels that a pattern fits; a message comes once for each that does. */
  Subscription<C, M> subscribePatterns(Collection<? extends C> patterns, SubscribeOptions options);

  /** A subscription whose messages go to the listener; it has begun when this returns. */
  Listening listen(
      Collection<? extends C> channels, MessageListener<C, M> listener, SubscribeOptions options);

  /** The same of all channels that a pattern fits; a message comes once for each that does. */
  Listening listenToPatterns(
      Collection<? extends C> patterns, MessageListener<C, M> listener, SubscribeOptions options);

  /** {@link #subscribe(Collection, SubscribeOptions)} to one channel. */
  default Subscription<C, M> subscribe(C channel) {
    return subscribe(List.of(channel), SubscribeOptions.standard());
  }

  /** {@link #subscribePatterns(Collection, SubscribeOptions)} with one pattern. */
  default Subscription<C, M> subscribePattern(C pattern) {
    return subscribePatterns(List.of(pattern), SubscribeOptions.standard());
  }

  /** {@link #listen(Collection, MessageListener, SubscribeOptions)} to one channel. */
  default Listening listen(C channel, MessageListener<C, M> listener) {
    return listen(List.of(channel), listener, SubscribeOptions.standard());
  }

  /** {@link #listenToPatterns(Collection, MessageListener, SubscribeOptions)} with one pattern. */
  default Listening listenToPattern(C pattern, MessageListener<C, M> listener) {
    return listenToPatterns(List.of(pattern), listener, SubscribeOptions.standard());
  }
}
