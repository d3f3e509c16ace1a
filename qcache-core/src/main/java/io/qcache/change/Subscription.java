package io.qcache.change;

import io.qcache.Listening;
import io.qcache.Log;
import io.qcache.engine.Change;
import io.qcache.engine.ChangeListener;
import io.qcache.engine.NeverWaits;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One listener and the bounded queue in front of it.  It runs on its executor, in the order of the changes, one call at
 * a time.
 *
 * <p>A full queue makes writers wait, outside all locks, but never a thread that {@link NeverWaits} nor one that is
 * itself running a listener: their changes are counted instead, and the listener is told {@code missed} at the place of
 * the gap.  A writer that waits is let past the bound by its own last operation.  Where the executor refuses, nobody
 * would make room: what is queued then counts as missed, too.
 */
public final class Subscription implements Receiver, Listening {
  private static final ThreadLocal<Boolean> LISTENING = new ThreadLocal<>();

  private final ChangeQueue changes;
  private final ChangeListener listener;
  private final Executor own; // the engine's
  private final Executor executor;
  private final int capacity;
  private final Log log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Object> queue = new ArrayDeque<>(); // Change, or Long: missed; guarded by lock
  private long missed; // since the last change queued; guarded by lock
  private volatile long allMissed; // written under lock
  private boolean running; // guarded by lock
  private boolean refused; // the last time it was to run, and the log says so; guarded by lock
  private volatile boolean full;
  private volatile boolean closed;

  /**
   * A subscription that holds {@code capacity} changes; it begins when it is added to the queue.
   *
   * @param own      where an event loop, which must not run what others wrote, calls {@code executor} from
   * @param executor where the listener runs
   */
  public Subscription(
      ChangeQueue changes, ChangeListener listener, Executor own, Executor executor, int capacity, Log log) {
    this.changes = changes;
    this.listener = listener;
    this.own = own;
    this.executor = executor;
    this.capacity = capacity;
    this.log = log;
  }

  /** Whether this thread may be made to wait for a listener. */
  static boolean mayWait() {
    return !(Thread.currentThread() instanceof NeverWaits) && LISTENING.get() == null;
  }

  /** Runs the calls of a listener of whatever kind: while they last, this thread is not made to wait for another. */
  public static void listening(Runnable calls) {
    Boolean outer = LISTENING.get(); // another engine's listener perhaps, which caused this call
    LISTENING.set(true);
    try {
      calls.run();
    } finally {
      if (outer == null) {
        LISTENING.remove();
      }
    }
  }

  @Override public void offer(Change change, boolean writerWaits) {
    if (!listener.wants(change)) {
      return;
    }
    boolean starts;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (queue.size() >= capacity && !writerWaits) {
        miss(1);
      } else {
        if (missed > 0) {
          queue.add(missed);
          missed = 0;
        }
        queue.add(change);
        full = queue.size() >= capacity;
      }
      starts = !running;
      running = true;
    } finally {
      lock.unlock();
    }
    if (starts) {
      start();
    }
  }

  @Override public boolean wantsMisses() {
    return listener.wantsMisses();
  }

  @Override public void awaitRoom() {
    if (!full || !mayWait()) {
      return;
    }
    lock.lock();
    try {
      while (full && !closed) {
        room.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void start() { // under no lock: the executor may be one that runs it here and now
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

  private void miss(long count) { // under the lock
    missed += count;
    allMissed += count;
  }

  private void giveUp(Throwable refusal) {
    boolean says;
    lock.lock();
    try {
      running = false;
      for (Object queued : queue) {
        if (queued instanceof Long earlier) {
          missed += earlier;
        } else {
          miss(1);
        }
      }
      queue.clear();
      full = false;
      room.signalAll();
      says = !refused && !closed;
      refused = true;
    } finally {
      lock.unlock();
    }
    if (says) {
      log.log(Level.WARNING, "the executor of " + name() + " refuses", refusal);
    }
  }

  private void run() {
    listening(() -> {
      for (Object next = poll(); next != null; next = poll()) {
        deliver(next);
      }
    });
  }

  private void deliver(Object next) {
    try {
      if (next instanceof Change change) {
        listener.changed(change);
      } else {
        listener.missed((Long) next);
      }
    } catch (Throwable thrown) {
      log.log(Level.WARNING, "listener " + name() + " threw", thrown);
    }
  }

  private String name() {
    return listener.name();
  }

  @Override public long missed() {
    return allMissed;
  }

  @Override public long interruptions() {
    return 0;
  }

  private Object poll() {
    lock.lock();
    try {
      Object next = queue.poll();
      if (next == null && missed > 0) {
        next = missed;
        missed = 0;
      }
      running = next != null;
      refused = false;
      if (full && queue.size() < capacity) {
        full = false;
        room.signalAll();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it: no change that happens from now on is delivered; those handed over already are. */
  @Override public void close() {
    changes.remove(this);
    lock.lock();
    try {
      closed = true;
      full = false;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
