package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads that set, time, keep, delete and read fields of the same hashes while time goes on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FieldDeadlinesStressTest {
  private static final String[] KEYS = {"small", "large", "brief"};
  private static final int THREADS = 4;
  private static final int SHARED_FIELDS = 40;
  private static final long FAR_MILLIS = 1 << 20;
  private static final long EXPIRED = 100; // fields, at least

  private final long seed = System.nanoTime();
  private final FakeClock clock = new FakeClock();
  private final Engine engine = Engine.open(Engines.settings(2, clock));
  private final Database db = engine.database(0);
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private final AtomicLong timed = new AtomicLong();
  private volatile boolean over;

  /** One thread: any fields by chance, and of each hash one that nobody else touches, of which it knows all. */
  private final class Turns implements Runnable {
    private final Random random;
    private final String own;
    private final long[] deadlines = new long[KEYS.length]; // of its own fields, MISSING where there is none

    Turns(int number) {
      random = new Random(seed + number);
      own = "own " + number;
      java.util.Arrays.fill(deadlines, Deadline.MISSING);
    }

    @Override public void run() {
      try {
        while (!over && failures.isEmpty()) {
          int key = random.nextInt(KEYS.length);
          if (random.nextInt(3) == 0) {
            ownField(key);
          } else {
            sharedField(slice(KEYS[key]));
          }
        }
      } catch (Throwable failure) {
        failures.add(failure);
      }
    }

    private void sharedField(Slice key) {
      String field = "field " + random.nextInt(SHARED_FIELDS);
      switch (random.nextInt(6)) {
        case 0, 1 -> added.addAndGet(HashOps.set(db, key, slices(field, "value", field + "'", "value"), 0));
        case 2 -> deleted.addAndGet(HashOps.delete(db, key, slices(field, field + "'"), 0));
        case 3 -> {
          for (int answer : HashOps.expire(db, key, slices(field, field + "'"), 0, clock.millis() + random.nextInt(30) - 2, 0)) {
            deleted.addAndGet(answer == HashOps.DELETED ? 1 : 0);
            timed.addAndGet(answer == HashOps.DONE ? 1 : 0);
          }
        }
        case 4 -> HashOps.persist(db, key, slices(field), 0);
        default -> get(key, field);
      }
    }

    private void ownField(int at) {
      Slice key = slice(KEYS[at]);
      switch (random.nextInt(5)) {
        case 0 -> {
          added.addAndGet(HashOps.set(db, key, slices(own, "value"), 0));
          deadlines[at] = Deadline.NONE;
        }
        case 1 -> expireOwn(at, key, clock.millis() + random.nextInt(20) + 1);
        case 2 -> {
          if (HashOps.persist(db, key, slices(own), 0)[0] == HashOps.DONE) {
            deadlines[at] = Deadline.NONE;
          }
        }
        default -> lookAtOwn(at, key);
      }
    }

    private void expireOwn(int at, Slice key, long deadline) {
      int answer = HashOps.expire(db, key, slices(own), 0, deadline, 0)[0];
      if (answer == HashOps.DELETED) { // time has gone on meanwhile
        deleted.incrementAndGet();
      }
      deadlines[at] = answer == HashOps.DONE ? deadline : Deadline.MISSING;
    }

    /** There before its deadline, gone from then on. */
    private void lookAtOwn(int at, Slice key) {
      long before = clock.millis();
      boolean isThere = get(key, own) != null;
      long after = clock.millis();
      if (deadlines[at] == Deadline.MISSING || deadlines[at] != Deadline.NONE && deadlines[at] <= before) {
        assertThat(isThere).as("is gone, seed %d", seed).isFalse();
      } else if (deadlines[at] == Deadline.NONE || deadlines[at] > after) {
        assertThat(isThere).as("is there, seed %d", seed).isTrue();
      }
    }

    private byte[] get(Slice key, String field) {
      ValueList out = new ValueList();
      HashOps.get(db, key, slice(field), out);
      return out.only();
    }
  }

  /** For a while, and until something has expired on a machine that has other things to do. */
  private void timeGoesOn() {
    Random random = new Random(seed);
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(800);
    try {
      while ((System.nanoTime() < endNanos || engine.expiredFields() < EXPIRED) && failures.isEmpty()) {
        clock.step(random.nextInt(3));
        if (random.nextInt(4) == 0) {
          engine.upkeep();
        }
        Thread.yield();
      }
    } catch (Throwable failure) {
      failures.add(failure);
    }
    over = true;
  }

  @Test void fieldsAreThereUntilTheirTime_andAllThatWentAreCounted() {
    for (int i = 0; i < 2_000; i++) { // more than fit into a record
      added.addAndGet(HashOps.set(db, slice("large"), slices("filling " + i, "some text"), 0));
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Engines.start(new Turns(i)));
    }
    threads.add(Engines.start(this::timeGoesOn));
    threads.forEach(Engines::finish);
    assertThat(failures).isEmpty();
    clock.step(FAR_MILLIS);
    while (engine.upkeep() <= clock.millis()) {
      Thread.onSpinWait();
    }
    long left = 0;
    for (String key : KEYS) {
      left += HashOps.size(db, slice(key));
    }
    assertThat(engine.expiredFields()).as("seed %d", seed).isEqualTo(added.get() - deleted.get() - left);
    assertThat(engine.expiredFields()).isBetween(EXPIRED, timed.get() + added.get());
    assertThat(Engines.isFree(engine)).isTrue();
    engine.close();
  }
}
