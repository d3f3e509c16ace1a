package io.qcache.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.qcache.FakeClock;
import io.qcache.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Engines for tests, and short words for their operations. */
public final class Engines {
  /** A log that drops what it is told. */
  public static final Log SILENT = (level, message) -> { };

  private Engines() {}

  public static Engine.Settings settings(int stripes, FakeClock clock) {
    return new Engine.Settings().stripes(stripes).clock(clock).hashKey(1, 2).log(SILENT);
  }

  public static Engine open(int stripes) {
    return Engine.open(settings(stripes, new FakeClock()));
  }

  public static Slice slice(String text) {
    return new Slice().wrap(text.getBytes(UTF_8));
  }

  public static Slices slices(String... texts) {
    Slices slices = new Slices();
    for (String text : texts) {
      slices.add(text.getBytes(UTF_8));
    }
    return slices;
  }

  public static String get(Database db, String key) {
    ValueList out = new ValueList();
    StringOps.get(db, slice(key), out);
    return out.only() == null ? null : new String(out.only(), UTF_8);
  }

  public static void set(Database db, String key, String value) {
    set(db, key, value, Deadline.NONE);
  }

  public static void set(Database db, String key, String value, long deadlineMillis) {
    StringOps.set(db, slice(key), slice(value), StringOps.If.ALWAYS, deadlineMillis, null);
  }

  /** A key that lies in that stripe, different ones for different {@code name}. */
  public static String keyIn(Engine engine, int stripe, String name) {
    for (int i = 0; ; i++) {
      String key = name + i;
      if (engine.stripe(engine.hash(slice(key))).index() == stripe) {
        return key;
      }
    }
  }

  /** Whether another thread could take all stripes at once, right now. */
  public static boolean isFree(Engine engine) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    Thread thread = new Thread(() -> {
      try (Plan held = engine.plan().all().acquire()) {
        taken.complete(null);
      }
    });
    thread.setDaemon(true);
    thread.start();
    try {
      taken.get(10, TimeUnit.SECONDS);
      return true;
    } catch (Exception notInTime) {
      return false;
    }
  }

  /** Whether this thread holds a stripe for writing. */
  public static boolean holdsAny(Engine engine) {
    for (int i = 0; i < engine.stripes(); i++) {
      if (engine.stripe(i).isHeld()) {
        return true;
      }
    }
    return false;
  }

  /** Whether another thread that wants all stripes has to wait for them; it takes them when it can. */
  public static boolean isTaken(Engine engine) {
    awaitBlocked(start(() -> engine.plan().all().acquire().close()));
    return true;
  }

  /** Waits until the thread waits; how it does that is the thread's affair. */
  public static void awaitBlocked(Thread thread) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.getState() != Thread.State.WAITING) {
      if (System.nanoTime() > end || thread.getState() == Thread.State.TERMINATED) {
        throw new AssertionError("does not wait but is " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  /** A thread as an event loop is one. */
  public static final class Loop extends Thread implements NeverWaits {
    public Loop(Runnable body) {
      super(body);
      setDaemon(true);
    }

    /** Runs the body on such a thread, to its end. */
    public static void run(Runnable body) {
      finish(new Loop(body));
    }
  }

  /** Starts a daemon thread. */
  public static Thread start(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Runs the thread, or waits for it, to its end, ten seconds at most. */
  public static void finish(Thread thread) {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (thread.isAlive()) {
      throw new AssertionError("still " + thread.getState());
    }
  }

  /** An executor that runs what it was given when told to, on the caller's thread. */
  public static final class ByHand implements Executor {
    private final BlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();

    @Override public void execute(Runnable call) {
      calls.add(call);
    }

    /** Runs what is there. */
    public void run() {
      for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
        call.run();
      }
    }
  }

  /** Writes down what it is told: {@code 0 key set WRITTEN}, {@code missed 3}. */
  public static final class Recorder implements ChangeListener {
    private final List<String> told = new ArrayList<>();

    @Override public synchronized void changed(Change change) {
      told.add(change.database() + " " + change.key().utf8() + " " + change.event().wireName() + " " + change.cause());
      notifyAll();
    }

    @Override public synchronized void missed(long count) {
      told.add("missed " + count);
      notifyAll();
    }

    /** What it was told since the last call. */
    public synchronized List<String> take() {
      List<String> taken = List.copyOf(told);
      told.clear();
      return taken;
    }

    /** Waits until it was told so many things. */
    public synchronized List<String> await(int count) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      try {
        while (told.size() < count) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            throw new AssertionError("told only " + told);
          }
          wait(left);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return take();
    }
  }
}
