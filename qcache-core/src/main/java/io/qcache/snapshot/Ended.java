package io.qcache.snapshot;

import java.io.IOException;

/** How something has ended that another thread does; waited for without being interrupted: the interrupt is kept for later. */
final class Ended implements Snapshots.Listener {
  /** What may fail. */
  interface Task {
    void run() throws IOException;
  }

  private boolean over; // guarded by this
  private IOException failure; // guarded by this

  /** Runs it here and now; what it failed with, an OutOfMemoryError too, or null where it did not. */
  static IOException failureOf(Task task) {
    try {
      task.run();
      return null;
    } catch (IOException e) {
      return e;
    } catch (Throwable e) {
      return new IOException(e.toString(), e);
    }
  }

  @Override public synchronized void saved(IOException why) {
    over = true;
    failure = why;
    notifyAll();
  }

  /** Returns when it is over; throws what it failed with. */
  synchronized void await() throws IOException {
    boolean interrupted = false;
    while (!over) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
