package io.qcache.engine;

import static io.qcache.engine.Engines.get;
import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.engine.StringOps.If;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads, for about a second each, and what must hold meanwhile and afterwards. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineStressTest {
  private static final long MILLIS = 900;

  private final long seed = System.nanoTime();
  private final FakeClock clock = new FakeClock();
  private Engine engine;
  private Database db;

  private void open(int stripes) {
    engine = Engine.open(Engines.settings(stripes, clock).databases(4));
    db = engine.database(0);
  }

  /** What a thread does again and again, with a Random of its own. */
  private interface Turn {
    void take(Random random) throws Exception;
  }

  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile long endNanos;

  private void threads(int count, Turn turn) {
    for (int i = 0; i < count; i++) {
      Random random = new Random(seed + threads.size());
      threads.add(new Thread(() -> {
        try {
          while (System.nanoTime() < endNanos && failures.isEmpty()) {
            turn.take(random);
          }
        } catch (Throwable failure) {
          failures.add(failure);
        }
      }));
    }
  }

  private void run() {
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    threads.forEach(thread -> {
      thread.setDaemon(true);
      thread.start();
    });
    threads.forEach(Engines::finish); // ten seconds at most: what hangs is a deadlock
    assertThat(failures).as("seed %d", seed).isEmpty();
    assertThat(Engines.isFree(engine)).isTrue();
    engine.close();
  }

  @ParameterizedTest @ValueSource(ints = {1, 16})
  void pairsSetAtOnce_areNeverSeenHalf(int stripes) {
    open(stripes);
    AtomicLong seen = new AtomicLong();
    StringOps.setAll(db, slices("a", "0", "b", "0", "c", "0"), 0);
    threads(2, random -> {
      String value = Integer.toString(random.nextInt());
      StringOps.setAll(db, slices("a", value, "b", value, "c", value), 0);
    });
    threads(1, random -> {
      KeyOps.delete(db, slices("c", "a", "b"), 0);
      assertThat(KeyOps.exists(db, slices("a", "b", "c"), 0)).isIn(0L, 3L);
    });
    threads(2, random -> {
      ValueList out = new ValueList();
      StringOps.getAll(db, slices("b", "c", "a"), 0, out);
      List<String> values = out.all().stream().map(each -> each == null ? "none" : new String(each)).toList();
      assertThat(values.stream().distinct()).as("%s", values).hasSize(1);
      seen.incrementAndGet();
    });
    run();
    assertThat(seen.get()).isGreaterThan(100);
  }

  @Test void increments_loseNothing() {
    open(4);
    AtomicLong sum = new AtomicLong();
    threads(4, random -> {
      long by = random.nextInt(100) - 50;
      StringOps.increment(db, slice("n" + random.nextInt(3)), by);
      sum.addAndGet(by);
    });
    run();
    long found = 0;
    for (int i = 0; i < 3; i++) {
      found += get(db, "n" + i) == null ? 0 : Long.parseLong(get(db, "n" + i));
    }
    assertThat(found).isEqualTo(sum.get());
  }

  @ParameterizedTest @ValueSource(ints = {1, 16})
  void whoWatchesAndThenWritesUnderAPlan_losesNoUpdate(int stripes) { // as WATCH, GET, MULTI, SET, EXEC do
    open(stripes);
    AtomicLong done = new AtomicLong();
    set(db, "n0", "0");
    set(db, "n1", "0");
    threads(4, random -> {
      String key = "n" + random.nextInt(2);
      Watch watch = engine.watch();
      watch.add(db, slice(key));
      long old = Long.parseLong(get(db, key));
      try (Plan plan = engine.plan()) {
        watch.addTo(plan);
        plan.add(slice("log")).acquire();
        if (!watch.isTouched()) {
          set(db, key, Long.toString(old + 1));
          StringOps.append(db, slice("log"), slice("."));
          done.incrementAndGet();
        }
      }
      watch.clear();
    });
    run();
    assertThat(Long.parseLong(get(db, "n0")) + Long.parseLong(get(db, "n1"))).isEqualTo(done.get());
    assertThat(StringOps.length(db, slice("log"))).isEqualTo(done.get()).isPositive();
  }

  @ParameterizedTest @ValueSource(ints = {1, 3, 64})
  void everythingAtOnce_neitherLocksUpNorBreaks(int stripes) {
    open(stripes);
    AtomicInteger told = new AtomicInteger();
    engine.subscribe(new ChangeListener() {
      @Override public void changed(Change change) {
        told.incrementAndGet();
      }

      @Override public void missed(long count) {
        failures.add(new AssertionError("nobody here never waits but upkeep, and that not with room: " + count));
      }
    }, 1_000_000);
    threads(3, this::anything);
    threads(1, random -> {
      Watch watch = engine.watch();
      watch.add(engine.database(random.nextInt(4)), slice(key(random)));
      watch.add(db, slice(key(random)));
      try (Plan plan = engine.plan()) {
        watch.addTo(plan);
        plan.add(slice(key(random))).add(slice(key(random))).acquire();
        watch.isTouched();
      }
      watch.clear();
    });
    threads(1, random -> {
      clock.step(random.nextInt(3));
      engine.upkeep();
      long cursor = random.nextLong();
      KeyOps.scan(engine.database(random.nextInt(4)), cursor, 1 + random.nextInt(50), null, null, new ValueList());
      KeyOps.size(db);
      KeyOps.random(db, new ValueList());
    });
    run();
    assertThat(told.get()).isPositive();
    checkWhole();
  }

  private static String key(Random random) {
    return "k" + random.nextInt(40);
  }

  private void anything(Random random) {
    Database here = engine.database(random.nextInt(4));
    Database there = engine.database(random.nextInt(4));
    Slice one = slice(key(random));
    Slice other = slice(key(random));
    try {
      switch (random.nextInt(14)) {
        case 0 -> KeyOps.rename(here, one, other, random.nextBoolean());
        case 1 -> KeyOps.copy(here, one, there, other, random.nextBoolean());
        case 2 -> KeyOps.move(here, one, there);
        case 3 -> KeyOps.swap(here, there);
        case 4 -> KeyOps.delete(here, slices(key(random), key(random)), 0);
        case 5 -> StringOps.setAll(here, slices(key(random), "1", key(random), "2", key(random), "3"), 0);
        case 6 -> {
          if (random.nextInt(20) == 0) {
            KeyOps.clear(here);
          }
        }
        case 7 -> {
          if (random.nextInt(50) == 0) {
            KeyOps.clearAll(engine);
          }
        }
        case 8 -> {
          try (Plan held = engine.plan().add(one).add(other).acquire()) {
            StringOps.append(here, one, slice("x"));
            KeyOps.rename(here, one, other, false);
            StringOps.setAllIfAbsent(there, slices(one.toString(), "y", other.toString(), "z"), 0);
          }
        }
        case 9 -> {
          try (Plan held = engine.plan().all().acquire()) {
            KeyOps.size(here);
            KeyOps.matching(there, new Glob(new byte[] {'*'}), new ValueList());
          }
        }
        case 10 -> StringOps.getAll(here, slices(key(random), key(random)), 0, new ValueList());
        case 11 -> StringOps.set(here, one, slice("v"), If.ALWAYS, clock.millis() + random.nextInt(5), null);
        case 12 -> KeyOps.expire(here, one, clock.millis() + random.nextInt(5), 0);
        default -> StringOps.append(here, one, slice("x"));
      }
    } catch (Signal expected) {
      assertThat(expected.failure()).isNotNull(); // no such key, same object
    }
  }

  /** Every way to count comes to the same, when all is quiet. */
  private void checkWhole() {
    clock.step(1_000);
    engine.upkeep();
    for (int i = 0; i < engine.databases(); i++) {
      Database each = engine.database(i);
      ValueList keys = new ValueList();
      KeyOps.matching(each, new Glob(new byte[] {'*'}), keys);
      assertThat(keys.all().size()).as("seed %d", seed).isEqualTo((int) KeyOps.size(each));
      assertThat(KeyOps.sizeWithDeadline(each)).as("seed %d", seed).isZero();
      for (byte[] key : keys.all()) {
        assertThat(get(each, new String(key))).as("seed %d", seed).isNotNull();
      }
    }
  }
}
