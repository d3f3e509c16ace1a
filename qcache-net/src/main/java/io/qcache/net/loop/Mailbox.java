package io.qcache.net.loop;

import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What other threads have for a loop.  {@link #post} may be called by any; a burst wakes the loop once: whoever posts
 * first after a delivery has begun.
 */
final class Mailbox {
  private final ConcurrentLinkedQueue<Mail> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile Selector selector;
  private volatile boolean ended;

  Mailbox(Selector selector) {
    this.selector = selector;
  }

  /** Wakes another selector from now on; by the loop. */
  void wakes(Selector other) {
    selector = other;
    other.wakeup(); // a wake-up may just have gone to the old one
  }

  /** From any thread but the loop's own, which asks {@link #isEmpty} before it sleeps: {@code awake} for that one. */
  void post(Mail mail, boolean awake) {
    queue.add(mail);
    if (ended) {
      deliver();
    } else if (!awake && woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  /** Whether the selector has been woken since the last delivery. */
  boolean isWoken() {
    return woken.get();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Delivers what is there; from now on whoever posts delivers it himself, to a loop that does nothing any more. */
  void end() {
    ended = true;
    deliver();
  }

  /** Delivers what is there; by the loop. */
  void deliver() {
    if (woken.get()) {
      woken.set(false); // before looking: what is posted from now on wakes again
    }
    for (Mail mail = queue.poll(); mail != null; mail = queue.poll()) {
      mail.deliver();
    }
  }
}
