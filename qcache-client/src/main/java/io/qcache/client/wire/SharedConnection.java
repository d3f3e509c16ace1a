package io.qcache.client.wire;

import io.qcache.ConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection that all callers of a client share, made anew at the next call after it was lost.  While an attempt
 * has just failed, calls fail at once with its reason instead of adding to a storm.  Thread-safe.
 */
final class SharedConnection {
  private final Settings settings;
  private final Connections all;
  private final ReentrantLock lock = new ReentrantLock();
  private final Backoff backoff;       // guarded by the lock
  private long openedAt;               // guarded by the lock
  private Connection mourned;          // whose loss is counted already; guarded by the lock
  private volatile Connection current; // written under the lock

  SharedConnection(Settings settings, Connections all) {
    this.settings = settings;
    this.all = all;
    this.backoff = new Backoff(settings.nanoTime());
  }

  /** The connection, perhaps one that is being made.  Never waits for the server. */
  Connection get() {
    Connection connection = current;
    return connection != null && connection.isOpen() ? connection : reconnect();
  }

  private Connection reconnect() {
    lock.lock();
    try {
      if (current != null && current.isOpen()) {
        return current;
      }
      if (current != null) {
        mourn(current);
      }
      requireNoPause();
      Connection made = all.open();
      openedAt = settings.nanoTime().getAsLong();
      current = made;
      return made;
    } finally {
      lock.unlock();
    }
  }

  private void mourn(Connection lost) {
    if (lost != mourned) {
      mourned = lost;
      backoff.lost(lost.wasGreeted(), lost.endedAtNanos() - openedAt, lost.endedAtNanos());
    }
  }

  private void requireNoPause() {
    long left = backoff.left();
    if (left > 0) {
      Loss why = current.loss();
      String pause = TimeUnit.NANOSECONDS.toMillis(left) + " ms";
      throw new ConnectionException(why + " (the next attempt is due in " + pause + ")", false, why.exception(false));
    }
  }
}
