package io.qcache.pubsub;

import io.qcache.Codec;
import io.qcache.Message;
import io.qcache.Subscription;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A subscription whose messages are waited for, of either door.  Thread-safe, but each iterator is for one thread. */
public final class Awaited<C, M> implements Subscription<C, M> {
  private final Inbox inbox;
  private final Decoder<C, M> decoder;
  private volatile Runnable leave = () -> { };

  /** With a queue of that many bytes. */
  public Awaited(long queueBytes, Codec<C> channels, Codec<M> messages) {
    this.inbox = new Inbox(queueBytes, null);
    this.decoder = new Decoder<>(channels, messages);
  }

  /** Where its messages are to go. */
  public Inbox inbox() {
    return inbox;
  }

  /** What ends it at the door, to be called when it is closed. */
  public Awaited<C, M> begun(Runnable whenClosed) {
    leave = whenClosed;
    return this;
  }

  @Override public Iterator<Message<C, M>> iterator() {
    return new Messages();
  }

  @Override public Optional<Message<C, M>> poll(Duration longest) {
    Arrival next = inbox.await(nanos(longest));
    return next == null ? Optional.empty() : Optional.of(decoder.decode(next));
  }

  private static long nanos(Duration longest) {
    try {
      return longest.toNanos();
    } catch (ArithmeticException centuries) {
      return longest.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  @Override public long missed() {
    return inbox.missed();
  }

  @Override public long interruptions() {
    return inbox.interruptions();
  }

  @Override public void close() {
    inbox.close();
    leave.run();
  }

  private final class Messages implements Iterator<Message<C, M>> {
    private Arrival next;

    @Override public boolean hasNext() {
      if (next == null) {
        next = inbox.await(Long.MAX_VALUE);
      }
      return next != null;
    }

    @Override public Message<C, M> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the subscription is closed");
      }
      Arrival taken = next;
      next = null; // before it is decoded: what a codec refuses is not given again
      return decoder.decode(taken);
    }
  }
}
