package io.qcache;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * A subscription whose messages are waited for.  Any number of threads may take messages from it, each of which goes to one
 * of them.
 *
 * <pre>{@code
 * try (Subscription<String, String> news = cache.channels().subscribe("news")) {
 *   for (Message<String, String> message : news) {
 *     System.out.println(message.payload());
 *   }
 * }
 * }</pre>
 */
public interface Subscription<C, M> extends Listening, Iterable<Message<C, M>> {
  /**
   * The messages as they come: {@code hasNext} waits for the next, and says false when the subscription has been closed.
   *
   * <p>{@code hasNext} throws {@link ClosedException} when the cache is closed and all that came before is taken, and a
   * plain {@link QCacheException} when its thread is interrupted, whose flag stays set.
   */
  @Override Iterator<Message<C, M>> iterator();

  /**
   * The next message, waited for no longer than that; empty when there was none, or the subscription has been closed.
   * Throws what the iterator does.
   */
  Optional<Message<C, M>> poll(Duration longest);
}
