package io.qcache.pubsub;

import io.qcache.Codec;
import io.qcache.Listening;
import io.qcache.Log;
import io.qcache.MessageListener;
import io.qcache.SubscribeOptions;
import io.qcache.change.Subscription;
import io.qcache.engine.NeverWaits;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * A subscription whose messages go to a listener, of either door: one call at a time, in their order, on an executor.
 * Thread-safe.
 *
 * <p>An event loop that hands over never calls an executor that others wrote, as that might run the listener there and
 * then: the door's own thread does it in its place.
 */
public final class Listened<C, M> implements Listening {
  private final Inbox inbox;
  private final Decoder<C, M> decoder;
  private final MessageListener<C, M> listener;
  private final Executor own;
  private final Executor executor;
  private final Log log;
  private volatile Runnable leave = () -> { };
  private volatile boolean closed;
  private volatile boolean refused; // the last time it was to run, and the log says so

  /** To be called on the executor of the options, or on {@code own} where they name none. */
  public Listened(
      SubscribeOptions options, Codec<C> channels, Codec<M> messages, MessageListener<C, M> listener,
      Executor own, Log log) {
    this.inbox = new Inbox(options.queueBytes(), this::start);
    this.decoder = new Decoder<>(channels, messages);
    this.listener = Objects.requireNonNull(listener, "listener");
    this.own = own;
    this.executor = options.executor().orElse(own);
    this.log = log;
  }

  /** Where its messages are to go. */
  public Inbox inbox() {
    return inbox;
  }

  /** What ends it at the door, to be called when it is closed. */
  public Listened<C, M> begun(Runnable whenClosed) {
    leave = whenClosed;
    return this;
  }

  private void start() {
    boolean hops = executor != own && Thread.currentThread() instanceof NeverWaits;
    startOn(hops ? own : executor, hops ? () -> startOn(executor, this::run) : this::run);
  }

  private void startOn(Executor where, Runnable call) {
    try {
      where.execute(call);
    } catch (RuntimeException | Error refusal) {
      giveUp(refusal);
    }
  }

  private void giveUp(Throwable refusal) {
    inbox.giveUp();
    if (!refused && !closed) {
      log.log(Level.WARNING, "the executor of " + listener.getClass().getName() + " refuses", refusal);
    }
    refused = true;
  }

  private void run() {
    refused = false;
    Subscription.listening(() -> {
      for (Object next = inbox.next(); next != null; next = inbox.next()) {
        deliver(next);
      }
    });
  }

  private void deliver(Object next) {
    try {
      if (next instanceof Arrival message) {
        listener.message(decoder.decode(message));
      } else if (next instanceof Inbox.Missed gap) {
        listener.missed(gap.count());
      } else {
        listener.interrupted();
      }
    } catch (Throwable thrown) {
      log.log(Level.WARNING, "listener " + listener.getClass().getName() + " threw", thrown);
    }
  }

  @Override public long missed() {
    return inbox.missed();
  }

  @Override public long interruptions() {
    return inbox.interruptions();
  }

  @Override public void close() {
    closed = true;
    inbox.close();
    leave.run();
  }
}
