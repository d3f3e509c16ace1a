package io.qcache.pubsub;

import io.qcache.QCacheException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The queue of one Java subscription, of either door, bounded in bytes.  Publishers never wait: what finds no room is
 * counted, and the count lies in the queue where the messages are missing.  Thread-safe.
 *
 * <pre>
 *   offer ──► [ message, message, Missed 3, message, Interrupted, … ] ──► take, by a waiting thread or a listener's run
 * </pre>
 */
public final class Inbox {
  /** What can lie in the queue beside messages. */
  sealed interface Gap {}

  record Missed(long count) implements Gap {}

  record Interrupted() implements Gap {}

  private static final Interrupted INTERRUPTED = new Interrupted();

  private final long capacityBytes;
  private final Runnable whenFilled; // called under no lock; null where takers wait instead
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Object> queue = new ArrayDeque<>(); // Arrival or Gap; guarded by lock
  private long bytes;                        // in the queue; guarded by lock
  private long missing;                      // since the last message queued; guarded by lock
  private boolean running;                   // whenFilled was called and has not found the queue empty; guarded by lock
  private boolean closed;                    // by its owner; guarded by lock
  private Supplier<QCacheException> reason;  // why nothing more comes, null while something may; guarded by lock
  private volatile long missed;              // seen by the takers; written under lock
  private volatile long interruptions;       // seen by the takers; written under lock

  /**
   * A queue of {@code capacityBytes}.
   *
   * @param whenFilled called when there is something to take and nobody has been called since the queue was found empty;
   *     null where takers wait
   */
  public Inbox(long capacityBytes, Runnable whenFilled) {
    this.capacityBytes = capacityBytes;
    this.whenFilled = whenFilled;
  }

  /** Adds a message, or counts it where there is no room. */
  public void offer(Arrival message) {
    boolean calls;
    lock.lock();
    try {
      if (closed || reason != null) {
        return;
      }
      if (missing > 0 || bytes > 0 && bytes + message.bytes() > capacityBytes) {
        calls = addOrMiss(message);
      } else {
        calls = add(message, message.bytes());
      }
    } finally {
      lock.unlock();
    }
    if (calls) {
      whenFilled.run();
    }
  }

  /** There is, or was, no room: behind a gap half of it must be free, so that a slow taker sees few gaps. */
  private boolean addOrMiss(Arrival message) {
    if (bytes > 0 && bytes + message.bytes() > capacityBytes / 2) {
      missing++;
      return false;
    }
    boolean calls = add(new Missed(missing), 0);
    missing = 0;
    return add(message, message.bytes()) | calls;
  }

  private boolean add(Object item, long itemBytes) {
    queue.add(item);
    bytes += itemBytes;
    return hasCome();
  }

  /** Whether the caller is to call for the taker, when it has let go of the lock. */
  private boolean hasCome() {
    filled.signal();
    boolean calls = whenFilled != null && !running;
    running |= calls;
    return calls;
  }

  /** Notes that messages may be missing here, nobody knows how many. */
  public void interrupted() {
    boolean calls;
    lock.lock();
    try {
      calls = !closed && reason == null && !(queue.peekLast() instanceof Interrupted) && add(INTERRUPTED, 0);
    } finally {
      lock.unlock();
    }
    if (calls) {
      whenFilled.run();
    }
  }

  /** The executor refuses: nobody would make room, so what is queued counts as missing. */
  void giveUp() {
    lock.lock();
    try {
      running = false;
      for (Object queued : queue) {
        missing += queued instanceof Missed gap ? gap.count() : queued instanceof Arrival ? 1 : 0;
      }
      queue.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  /** The next for a listener's run, null where the run is over. */
  Object next() {
    lock.lock();
    try {
      Object next = poll();
      running = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next message, waited for at most that long, in nanoseconds; null where there was none or the queue was closed.
   * What lies before it is counted.
   *
   * @throws QCacheException when nothing more will come, or the thread is interrupted
   */
  Arrival await(long nanos) {
    long left = nanos;
    lock.lock();
    try {
      while (true) {
        Object next = poll();
        if (next instanceof Arrival message) {
          return message;
        }
        if (next != null) {
          continue;
        }
        if (closed) {
          return null;
        }
        if (reason != null) {
          throw reason.get();
        }
        if (left <= 0) {
          return null;
        }
        left = filled.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QCacheException("waiting for a message was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private Object poll() {
    Object next = queue.poll();
    if (next instanceof Arrival message) {
      bytes -= message.bytes();
    } else if (next == null && missing > 0) {
      next = new Missed(missing);
      missing = 0;
    }
    if (next instanceof Missed gap) {
      missed += gap.count();
    } else if (next instanceof Interrupted) {
      interruptions++;
    }
    return next;
  }

  long missed() {
    return missed;
  }

  long interruptions() {
    return interruptions;
  }

  /** Its owner closes it: nothing more is taken from it. */
  void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      bytes = 0;
      missing = 0;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes for that reason; what is there may still be taken. */
  public void end(Supplier<QCacheException> why) {
    lock.lock();
    try {
      reason = reason == null ? why : reason;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
