package io.qcache.keyspace;

import java.util.concurrent.locks.StampedLock;

/**
 * A stamped lock that knows which thread has it for writing, and that spins before it sleeps.  Its owner stands beside
 * its state, on the same cache line more often than not, and is all that a hold writes besides what it is there for, so
 * that two writers on two cores pass few lines to and fro.
 */
class OwnedLock extends StampedLock {
  // Most holds are over in well below a microsecond, sooner than a thread can sleep and be woken.
  private static final int SPINS = 30;
  private static final long serialVersionUID = 1L; // as its parent wants, though nobody serializes it

  private transient Thread owner; // written under the lock; only the owner itself can read itself here

  boolean isHeld() {
    return owner == Thread.currentThread();
  }

  void acquire() {
    for (int spins = 0; tryWriteLock() == 0; spins++) {
      if (spins == SPINS) {
        writeLock();
        break;
      }
      Thread.onSpinWait();
    }
    owner = Thread.currentThread();
  }

  void release() {
    owner = null;
    asWriteLock().unlock();
  }

  /** Takes it for reading; the stamp to give it back with. */
  long acquireRead() {
    for (int spins = 0; spins < SPINS; spins++) {
      long stamp = tryReadLock();
      if (stamp != 0) {
        return stamp;
      }
      Thread.onSpinWait();
    }
    return readLock();
  }

  /** A stamp for reading without the lock, to be validated; 0 where a writer has it and keeps it. */
  long tryRead() {
    long stamp = tryOptimisticRead();
    for (int spins = 0; stamp == 0 && spins < SPINS && !isHeld(); spins++) {
      Thread.onSpinWait();
      stamp = tryOptimisticRead();
    }
    return stamp;
  }

  /**
   * One with nothing beside it for a cache line and more, since a collector may put the locks of all stripes side by side;
   * but with a count, for what nearly every hold writes.
   */
  static final class Apart extends OwnedLock {
    private static final long serialVersionUID = 1L;

    transient long changes; // guarded by the lock itself

    @SuppressWarnings("unused") // room
    private transient long room1, room2, room3, room4, room5, room6, room7, room8, room9, room10;
  }
}
