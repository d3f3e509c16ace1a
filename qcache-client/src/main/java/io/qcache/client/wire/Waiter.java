package io.qcache.client.wire;

import io.qcache.QCacheException;
import io.qcache.TimedOutException;
import io.qcache.resp.Reply;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that waits for one reply.  It parks, so a virtual thread gives its carrier away.  A waiter that has given up
 * stays in its connection's order, where the late reply finds it and is dropped.
 */
public final class Waiter implements Call {
  private final Thread thread = Thread.currentThread();
  private volatile boolean done; // written last: who sees it sees the outcome
  private Reply reply;
  private Loss loss;
  private boolean mayHaveRun;

  private Waiter() {}

  /** For the calling thread; throws, before anything is sent, if that is interrupted already. */
  public static Waiter of(String operation) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(operation + " was interrupted before it was sent");
    }
    return new Waiter();
  }

  @Override public void reply(Reply came) {
    reply = came;
    done = true;
    LockSupport.unpark(thread);
  }

  @Override public void lost(Loss why, boolean perhapsRun) {
    loss = why;
    mayHaveRun = perhapsRun;
    done = true;
    LockSupport.unpark(thread);
  }

  /**
   * The reply, perhaps an error; called by the thread it is for.
   *
   * @throws TimedOutException when none came in time
   * @throws QCacheException when the thread was interrupted, whose flag stays set, or the connection was lost
   */
  public Reply await(String operation, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!done) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimedOutException(operation, timeout);
      }
      LockSupport.parkNanos(this, left);
      if (!done && thread.isInterrupted()) {
        throw interrupted(operation + " was interrupted: it may have been carried out, or may yet be");
      }
    }
    if (loss != null) {
      throw loss.exception(mayHaveRun);
    }
    return reply;
  }

  /** What an interrupted call throws.  The thread's flag stays set. */
  public static QCacheException interrupted(String text) {
    Thread.currentThread().interrupt();
    return new QCacheException(text, new InterruptedException());
  }
}
