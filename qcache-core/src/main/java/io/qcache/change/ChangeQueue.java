package io.qcache.change;

import io.qcache.engine.Change;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The second half of every change.  Writers {@link #append} under their stripes, so the queue has the changes in the
 * one order in which they happened; after release one thread at a time {@link #drain}s it, which only hands over to the
 * subscriptions' own queues.
 *
 * <p>With no subscription all of it costs the one branch of {@link #isWanted}.
 */
public final class ChangeQueue {
  private static final int DRAINED_AT_ONCE = 1_000;

  private final ReentrantLock lock = new ReentrantLock(); // a leaf: nothing else is taken under it
  private final ArrayDeque<Handover> queue = new ArrayDeque<>(); // guarded by lock
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Runnable goOn; // asks the upkeep thread to drain further
  private volatile Receiver[] receivers = {};
  private volatile boolean missesWanted;
  private volatile boolean filled; // a hint that saves the lock where there is nothing

  /** A change on its way, and whether whoever made it waits where a queue is full. */
  private record Handover(Change change, boolean writerWaits) {}

  public ChangeQueue(Runnable goOn) {
    this.goOn = goOn;
  }

  /** Whether anybody wants changes; otherwise none is made. */
  public boolean isWanted() {
    return receivers.length > 0;
  }

  /** Whether somebody wants to know of reads that found nothing. */
  public boolean areMissesWanted() {
    return missesWanted;
  }

  /** Adds the miss of a reader, who may hold stripes. */
  public void append(Change miss) {
    lock.lock();
    try {
      queue.add(new Handover(miss, false));
      filled = true;
    } finally {
      lock.unlock();
    }
  }

  /** Adds the changes of one operation as one unit and empties it.  Under the stripes that the operation holds. */
  public void append(Unit unit) {
    boolean writerWaits = Subscription.mayWait();
    lock.lock();
    try {
      for (Change change : unit.changes()) {
        queue.add(new Handover(change, writerWaits));
      }
      filled = true;
    } finally {
      lock.unlock();
    }
    unit.clear();
  }

  /** Hands over what is queued, at most a thousand changes; more is left to the upkeep thread.  Under no stripe. */
  public void drain() {
    while (filled && draining.compareAndSet(false, true)) { // looked at again: who came while we drained went away
      boolean more;
      try {
        more = handOver(DRAINED_AT_ONCE);
      } finally {
        draining.set(false);
      }
      if (more) {
        goOn.run();
        return;
      }
    }
  }

  private boolean handOver(int most) {
    for (int i = 0; i < most; i++) {
      Handover next = poll();
      if (next == null) {
        return false;
      }
      for (Receiver receiver : receivers) {
        receiver.offer(next.change, next.writerWaits);
      }
    }
    return true;
  }

  private Handover poll() {
    lock.lock();
    try {
      Handover next = queue.poll();
      filled = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Makes a writer that may wait do so while a listener is a whole queue behind.  Before it takes a stripe. */
  public void awaitRoom() {
    for (Receiver receiver : receivers) {
      receiver.awaitRoom();
    }
  }

  public synchronized void add(Receiver receiver) {
    Receiver[] more = Arrays.copyOf(receivers, receivers.length + 1);
    more[receivers.length] = receiver;
    set(more);
  }

  public synchronized void remove(Receiver receiver) {
    set(Arrays.stream(receivers).filter(each -> each != receiver).toArray(Receiver[]::new));
  }

  private void set(Receiver[] all) {
    receivers = all;
    missesWanted = Arrays.stream(all).anyMatch(Receiver::wantsMisses);
  }

  /** Ends all of them; what they have been handed is still delivered. */
  public void close() {
    for (Receiver receiver : receivers) {
      receiver.close();
    }
  }
}
