package io.qcache.client.wire;

import io.qcache.TimedOutException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Connections that one caller has for itself at a time: for watching, and for commands that block.  Made when needed,
 * at most as many as the settings say, the last used first.  Thread-safe.
 */
final class Pool {
  private final Settings settings;
  private final Connections all;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  Pool(Settings settings, Connections all) {
    this.settings = settings;
    this.all = all;
    this.free = new Semaphore(settings.poolSize());
  }

  Lease lease() {
    acquire();
    try {
      all.requireOpen();
      return new Lease(this, settings, idleOrNew());
    } catch (RuntimeException | Error e) {
      free.release();
      throw e;
    }
  }

  private void acquire() {
    String what = "one of " + settings.poolSize() + " pooled connections";
    try {
      if (!free.tryAcquire(settings.commandTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimedOutException("waiting for " + what, settings.commandTimeout());
      }
    } catch (InterruptedException e) {
      throw Waiter.interrupted("waiting for " + what + " was interrupted");
    }
  }

  private Connection idleOrNew() {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      if (connection.isOpen()) {
        return connection;
      }
    }
    return all.open();
  }

  /** Takes a connection back: for the next, unless it is in an unknown state. */
  void giveBack(Connection connection, boolean reusable) {
    if (reusable && connection.isOpen()) {
      idle.push(connection);
    } else {
      connection.end();
    }
    free.release();
  }

  /** Lets everybody who waits go on, to find that the client is closed. */
  void close() {
    free.release(Integer.MAX_VALUE / 2);
  }
}
