package io.qcache.expiry;

import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.NeverWaits;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one daemon thread of the JVM that takes away what is due, for all engines.  It comes with the first deadline of
 * any, sleeps until the next deadline of all, and goes when no engine is left that has asked for it: engines are held
 * weakly, so one that was forgotten instead of closed goes too.
 */
public final class Upkeep {
  private static final long LOOK_MILLIS = 10; // at a clock that is not the system's, which may jump
  private static final long LONGEST_MILLIS = 60_000; // between two looks at what has been forgotten

  private static final ReentrantLock LOCK = new ReentrantLock(); // a leaf: taken under a stripe, nothing taken under it
  private static final Condition WOKEN = LOCK.newCondition();
  private static final List<WeakReference<Engine>> ENGINES = new ArrayList<>(); // guarded by LOCK
  private static Thread thread; // guarded by LOCK
  private static boolean woken; // guarded by LOCK

  private Upkeep() {}

  /** It serves all caches, so it waits for the listeners of none. */
  private static final class UpkeepThread extends Thread implements NeverWaits {
    UpkeepThread() {
      super(Upkeep::look, "qcache-upkeep");
      setDaemon(true);
    }
  }

  /** Makes the thread look at the engine soon.  Never waits for what the thread does. */
  public static void wake(Engine engine) {
    LOCK.lock();
    try {
      if (ENGINES.stream().noneMatch(each -> each.get() == engine)) {
        ENGINES.add(new WeakReference<>(engine));
      }
      woken = true;
      WOKEN.signal();
      if (thread == null) {
        Thread fresh = new UpkeepThread();
        fresh.start();
        thread = fresh; // now only: one that could not start would never run, and never be tried again
      }
    } catch (OutOfMemoryError noThread) { // the caller has done its work; the next deadline tries again
      engine.log().log(Level.ERROR, "the upkeep thread cannot be started, so what is due stays until it is asked for", noThread);
    } finally {
      LOCK.unlock();
    }
  }

  /** Never looks at the engine again, but that a look under way may end. */
  public static void forget(Engine engine) {
    LOCK.lock();
    try {
      ENGINES.removeIf(each -> each.get() == engine);
      woken = true;
      WOKEN.signal();
    } finally {
      LOCK.unlock();
    }
  }

  private static void look() {
    List<WeakReference<Engine>> engines = next(0);
    while (!engines.isEmpty()) {
      long wait = LONGEST_MILLIS;
      for (WeakReference<Engine> each : engines) {
        wait = Math.min(wait, lookAt(each.get()));
      }
      engines = next(wait);
    }
  }

  /** The milliseconds until it wants to be looked at again. */
  private static long lookAt(Engine engine) {
    if (engine == null || engine.isClosed()) {
      return LONGEST_MILLIS;
    }
    try {
      long next = engine.upkeep();
      if (next == Deadline.NONE) {
        return LONGEST_MILLIS;
      }
      long left = Math.max(0, next - engine.nowMillis());
      return engine.hasSystemClock() ? left : Math.min(left, LOOK_MILLIS);
    } catch (Throwable thrown) {
      engine.log().log(Level.ERROR, "upkeep failed and goes on", thrown);
      return 1_000;
    }
  }

  /** Waits, at most so long; the engines to look at then, none to end the thread. */
  private static List<WeakReference<Engine>> next(long waitMillis) {
    LOCK.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (!woken && left > 0) {
        left = await(left);
      }
      woken = false;
      ENGINES.removeIf(Upkeep::isGone);
      if (ENGINES.isEmpty()) {
        thread = null;
      }
      return List.copyOf(ENGINES);
    } finally {
      LOCK.unlock();
    }
  }

  private static long await(long nanos) {
    try {
      return WOKEN.awaitNanos(nanos);
    } catch (InterruptedException byAListener) { // whose executor runs it here, and which may do anything
      return 0;
    }
  }

  private static boolean isGone(WeakReference<Engine> reference) {
    Engine engine = reference.get();
    return engine == null || engine.isClosed(); // a writer under way may have woken us for it after it was closed
  }
}
