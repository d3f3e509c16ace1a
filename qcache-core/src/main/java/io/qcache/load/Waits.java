package io.qcache.load;

import io.qcache.QCacheException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which thread waits for which load, over all caches of the JVM, so that a circle is refused instead of entered.
 * <pre>
 *   thread 1, loading A ──waits for──► load of B, run by thread 2 ──waits for──► load of A
 * </pre>
 * The shortest circle is a loader that asks for its own key.  Who closes a circle is told; the lock makes that exactly
 * one.  Only loads that a thread runs are seen: one that a stage will complete some day is run by nobody.  Thread-safe.
 */
final class Waits {
  private static final ReentrantLock LOCK = new ReentrantLock(); // a leaf
  private static final Map<Thread, Flight<?>> WAITING = new HashMap<>(); // guarded by the lock

  private Waits() {}

  /**
   * What the load came to, waited for.
   *
   * @throws IllegalStateException where the load waits for this thread
   * @throws QCacheException when this thread was interrupted, whose flag stays set; the load goes on
   */
  static Outcome<byte[]> await(Flight<?> flight) {
    Thread me = Thread.currentThread();
    Flight<?> before = enter(me, flight);
    try {
      return flight.result().<Outcome<byte[]>>handle(Outcome::new).get();
    } catch (InterruptedException interrupted) {
      me.interrupt();
      throw new QCacheException("waiting for a load was interrupted; the load goes on", interrupted);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible); // every outcome is a value
    } finally {
      leave(me, before);
    }
  }

  /** What the thread waited for already: a pool's thread may be lent to another task while it waits. */
  private static Flight<?> enter(Thread me, Flight<?> wanted) {
    LOCK.lock();
    try {
      requireNoCircle(me, wanted);
      return WAITING.put(me, wanted);
    } finally {
      LOCK.unlock();
    }
  }

  private static void requireNoCircle(Thread me, Flight<?> wanted) {
    Flight<?> next = wanted;
    while (next != null && !next.result().isDone()) {
      Thread runner = next.runner();
      if (runner == me) {
        throw circle();
      }
      next = runner == null ? null : WAITING.get(runner);
    }
  }

  static IllegalStateException circle() {
    return new IllegalStateException("the load would wait for itself: its loader asks for a key whose load waits for this one");
  }

  private static void leave(Thread me, Flight<?> before) {
    LOCK.lock();
    try {
      if (before == null) {
        WAITING.remove(me);
      } else {
        WAITING.put(me, before);
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** How many threads wait; for tests. */
  static int count() {
    LOCK.lock();
    try {
      return WAITING.size();
    } finally {
      LOCK.unlock();
    }
  }
}
