package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The order in which a listener is told is the order in which the changes happened under the locks, across keys and
 * stripes, and the changes of a plan stand together.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangeOrderStressTest {
  private static final int THREADS = 4;
  private static final int KEYS = 6;
  private static final int ROUNDS = 4_000;
  private static final int DATABASES = 1_000; // the number of a change on its key, modulo this, is its database

  private final long seed = System.nanoTime();
  private final Engine engine = Engine.open(Engines.settings(8, new FakeClock()).databases(DATABASES));
  private final int[] changes = new int[KEYS]; // each guarded by its key's stripe
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private static String key(int index) {
    return "key" + index;
  }

  /** Changes the key under the plan that holds it, in the database of the change's number. */
  private void change(int index) {
    StringOps.append(engine.database(changes[index]++ % DATABASES), slice(key(index)), slice("."));
  }

  private void work(Random random) {
    for (int round = 0; round < ROUNDS; round++) {
      int first = random.nextInt(KEYS);
      int second = random.nextInt(KEYS);
      try (Plan held = engine.plan().add(slice(key(first))).add(slice(key(second))).acquire()) {
        change(first);
        if (random.nextBoolean()) {
          change(second);
          change(first);
        }
      }
    }
  }

  /** Takes the changes as they come; tells whether each key's came in the order of their numbers. */
  private final class Order implements ChangeListener {
    private final Map<String, Integer> next = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private int left;
    private final CountDownLatch done = new CountDownLatch(1);

    @Override public void changed(Change change) {
      if (change.event() != Event.APPEND) {
        return;
      }
      String key = change.key().utf8();
      int number = next.merge(key, 1, Integer::sum) - 1;
      if (change.database() != number % DATABASES) {
        failures.add(new AssertionError(key + ": " + change.database() + " where "
             + number + " was next, seed " + seed));
      }
      keys.add(key);
      if (key.equals("end")) {
        done.countDown();
      }
    }

    @Override public void missed(long count) {
      failures.add(new AssertionError("missed " + count));
    }
  }

  @Test void theListener_seesTheOrderOfTheLocks() throws Exception {
    Order order = new Order();
    engine.subscribe(order, 100);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      threads.add(Engines.start(() -> work(random)));
    }
    for (Thread thread : threads) {
      thread.join(40_000);
      assertThat(thread.isAlive()).isFalse();
    }
    StringOps.append(engine.database(0), slice("end"), slice("."));
    assertThat(order.done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
    for (int i = 0; i < KEYS; i++) {
      assertThat(order.next.get(key(i))).isEqualTo(changes[i]);
    }
    engine.close();
  }

  @Test void whenAllWritersAreDone_allIsHandedOver_withoutAnotherWriteOrUpkeep() throws Exception {
    AtomicLong told = new AtomicLong();
    Engine atOnce = Engine.open(Engines.settings(8, new FakeClock()).executor(Runnable::run));
    atOnce.subscribe(new ChangeListener() {
      @Override public void changed(Change change) {
        told.addAndGet(change.event() == Event.APPEND ? 1 : 0);
      }

      @Override public void missed(long count) {
        failures.add(new AssertionError("missed " + count));
      }
    }, 1_000);
    AtomicInteger arrived = new AtomicInteger();
    int rounds = 5_000;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String key = "k" + i;
      threads.add(Engines.start(() -> {
        for (int round = 1; round <= rounds && failures.isEmpty(); round++) {
          meet(arrived, 4 * round - 2);
          StringOps.append(atOnce.database(0), slice(key), slice("."));
          meet(arrived, 4 * round);
          if (told.get() < 2L * round) {
            failures.add(new AssertionError("told " + told + " after " + round + " rounds of two"));
          }
        }
      }));
    }
    threads.forEach(thread -> {
      try {
        thread.join(40_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    assertThat(failures).isEmpty();
    assertThat(told).hasValue(2L * rounds);
    atOnce.close();
  }

  private void meet(AtomicInteger arrived, int all) {
    arrived.incrementAndGet();
    while (arrived.get() < all && failures.isEmpty()) {
      Thread.yield();
    }
  }

  @Test void theChangesOfAPlan_standTogether() throws Exception {
    List<String> told = new ArrayList<>(); // one thread at a time
    CountDownLatch done = new CountDownLatch(1);
    engine.subscribe(new ChangeListener() {
      @Override public void changed(Change change) {
        if (change.event() == Event.APPEND) {
          told.add(change.key().utf8());
          if (change.key().utf8().equals("end")) {
            done.countDown();
          }
        }
      }

      @Override public void missed(long count) {
        failures.add(new AssertionError("missed " + count));
      }
    }, 50);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String name = "t" + i;
      threads.add(Engines.start(() -> {
        Database db = engine.database(0);
        for (int round = 0; round < 1_500; round++) {
          try (Plan held = engine.plan().add(slice(name + "a")).add(slice(name + "b")).acquire()) {
            StringOps.append(db, slice(name + "a"), slice("."));
            StringOps.append(db, slice(name + "b"), slice("."));
            StringOps.append(db, slice(name + "a"), slice("."));
          }
          StringOps.append(db, slice(name + "single"), slice("."));
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join(40_000);
      assertThat(thread.isAlive()).isFalse();
    }
    StringOps.append(engine.database(0), slice("end"), slice("."));
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
    assertThat(told).hasSize(THREADS * 1_500 * 4 + 1);
    for (int i = 0; i < told.size(); i++) {
      String name = told.get(i).substring(0, 2);
      if (told.get(i).equals(name + "a")) {
        assertThat(told.subList(i, i + 3)).containsExactly(name + "a", name + "b", name + "a");
        i += 2;
      }
    }
    engine.close();
  }
}
