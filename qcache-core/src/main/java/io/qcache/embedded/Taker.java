package io.qcache.embedded;

import io.qcache.ClosedException;
import io.qcache.QCacheException;
import io.qcache.ValueType;
import io.qcache.engine.Database;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.Waiter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A thread that takes of a key as soon as that is there.  It parks, so a virtual thread gives its carrier away.  Whoever serves
 * it runs {@code take}, in bytes and under the stripe; codecs run here, when that is over.  For the thread that made it, once.
 *
 * @param <R> what is taken, in bytes
 */
final class Taker<R> extends Waiter {
  private final Thread thread = Thread.currentThread();
  private final Database db;
  private final Function<Slice, R> take;
  private R taken;
  private volatile boolean told; // what it has come to is there

  /**
   * One that waits for a value of that type.
   *
   * @param target the key to which it moves what it takes, null for none
   */
  Taker(Database db, ValueType type, Slice target, Function<Slice, R> take) {
    super(db, type, target);
    this.db = db;
    this.take = take;
  }

  @Override protected void take(Slice key) {
    taken = take.apply(key);
  }

  @Override protected void ended() {
    told = true;
    LockSupport.unpark(thread);
  }

  /**
   * What it takes of the first of the keys that is there; null where none came in time.
   *
   * @throws ClosedException where the cache is closed, or was meanwhile
   * @throws QCacheException where the thread was interrupted, whose flag stays set; nothing has been taken then
   */
  R await(Slices keys, long timeoutMillis) {
    EmbeddedCache.requireOpen(db.engine());
    if (thread.isInterrupted()) {
      throw interrupted();
    }
    try {
      return start(keys, 0, keys.size(), true) ? taken : parked(TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    } catch (Signal signal) {
      throw signal.failure().exception();
    }
  }

  private R parked(long nanos) {
    boolean interrupted = park(nanos);
    leave();
    if (how() != End.SERVED && interrupted) {
      throw interrupted();
    }
    if (interrupted) { // too late: what was taken for it is not to be lost
      thread.interrupt();
    }
    if (how() == End.CLOSED) {
      throw new ClosedException("the cache was closed while the operation waited");
    }
    if (failure() instanceof RuntimeException failed) {
      throw failed;
    }
    if (failure() instanceof Error failed) {
      throw failed;
    }
    return taken;
  }

  /** Until it has ended, and is told of that unless it ended itself; whether the thread was interrupted. */
  private boolean park(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (!told) {
      long left = deadline - System.nanoTime();
      if (left <= 0 && end(End.TIMED_OUT) || interrupted && end(End.GONE)) {
        return interrupted;
      }
      if (isWaiting()) {
        LockSupport.parkNanos(this, left);
      } else {
        LockSupport.park(this);
      }
      interrupted |= Thread.interrupted(); // cleared: with it no park would wait for what is being taken
    }
    return interrupted;
  }

  private static QCacheException interrupted() {
    Thread.currentThread().interrupt();
    return new QCacheException("waiting for a key was interrupted: nothing was taken", new InterruptedException());
  }
}
