package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.ListEnd;
import io.qcache.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many threads that push, wait, move and give up on a few lists. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaiterStressTest {
  private static final int KEYS = 6;
  private static final int WAITERS = 6;
  private static final int PUSHERS = 3;
  private static final int AHEAD = 3;
  private static final int NO_TICKET = -1;

  private final long seed = System.nanoTime();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger waited = new AtomicInteger();
  private final int[] tickets = new int[KEYS]; // given and shown, each under the stripe of its key
  private final int[] shown = new int[KEYS];
  private final List<List<Taker>> lines = new ArrayList<>(); // of a key, under its stripe
  private Engine engine;
  private Database db;
  private volatile long endNanos;

  private static String key(int number) {
    return "list" + number;
  }

  /** Waits for a few keys; takes the first element, or moves it. */
  private class Taker extends Waiter {
    private final int[] keys;
    private final String target; // null for none
    private final Map<String, Integer> ticketOf = new HashMap<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final ValueList out = new ValueList();

    Taker(int[] keys, String target) {
      super(db, ValueType.LIST, target == null ? null : slice(target));
      this.keys = keys;
      this.target = target;
    }

    boolean start() {
      Slices wanted = new Slices();
      for (int key : keys) {
        wanted.add(key(key).getBytes(UTF_8));
      }
      return start(wanted, 0, keys.length, true);
    }

    @Override protected void waits() {
      for (int key : keys) {
        ticketOf.put(key(key), tickets[key]++);
        lines.get(key).removeIf(each -> !each.isWaiting());
        lines.get(key).add(this);
      }
    }

    @Override protected void take(Slice at) {
      String key = new String(at.array(), at.offset(), at.length(), UTF_8);
      int number = key.charAt(key.length() - 1) - '0';
      int ticket = ticketOf.getOrDefault(key, NO_TICKET);
      if (ticket != NO_TICKET) {
        if (ticket < shown[number]) {
          failures.add(new AssertionError("ticket " + ticket + " of " + key + " after " + shown[number]));
        }
        shown[number] = ticket;
      } else if (lines.get(number).stream().anyMatch(Waiter::isWaiting)) {
        failures.add(new AssertionError("one that has just come takes of " + key + " before those who wait"));
      }
      if (target == null) {
        ListOps.pop(db, at, ListEnd.FIRST, out);
      } else {
        ListOps.move(db, at, ListEnd.FIRST, slice(target), ListEnd.LAST, out);
      }
    }

    @Override protected void ended() {
      told.countDown();
    }

    void finish() {
      leave();
      if (failure() != null) {
        failures.add(failure());
      } else if (how() == End.SERVED && target == null && !taken.add(new String(out.only(), UTF_8))) {
        twice.incrementAndGet();
      }
    }
  }

  private Taker taker(Random random, boolean moves) {
    if (moves) {
      return new Taker(new int[] {random.nextInt(KEYS)}, key(random.nextInt(KEYS)));
    }
    int first = random.nextInt(KEYS);
    return random.nextInt(3) == 0 ? new Taker(new int[] {first, (first + 1) % KEYS, (first + 3) % KEYS}, null)
        : new Taker(new int[] {first}, null);
  }

  @ParameterizedTest @CsvSource({"1", "16"})
  void whatIsPushed_isTakenOnce_inOrder_andNobodyWaitsForWhatIsThere(int stripes) throws Exception {
    engine = Engine.open(Engines.settings(stripes, new FakeClock()));
    db = engine.database(0);
    for (int i = 0; i < KEYS; i++) {
      lines.add(new ArrayList<>());
    }
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
    AtomicLong next = new AtomicLong();
    Queue<Taker> late = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PUSHERS + WAITERS; i++) {
      Random random = new Random(seed + i);
      boolean pushes = i < PUSHERS;
      threads.add(Engines.start(() -> {
        try {
          while (System.nanoTime() < endNanos && failures.isEmpty()) {
            if (pushes && next.get() - taken.size() > AHEAD + late.size()) {
              Thread.yield(); // lists that are never empty let nobody wait
            } else if (pushes) {
              push(random, next);
            } else {
              waitFor(taker(random, random.nextInt(3) == 0), random, late);
            }
          }
        } catch (Throwable failure) {
          failures.add(failure);
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join(20_000);
      assertThat(thread.isAlive()).as("seed %d", seed).isFalse();
    }
    assertThat(failures).as("seed %d", seed).isEmpty();
    // nothing runs any more: whoever still waits has nothing to wait for
    for (Taker taker : late) {
      if (taker.isWaiting()) {
        for (int key : taker.keys) {
          assertThat(ListOps.length(db, slice(key(key)))).as("seed %d, %s is waited for", seed, key(key)).isZero();
        }
        assertThat(taker.end(Waiter.End.TIMED_OUT)).isTrue();
      } else {
        assertThat(taker.told.await(0, TimeUnit.SECONDS)).as("seed %d", seed).isTrue();
      }
      taker.finish();
    }
    for (int key = 0; key < KEYS; key++) {
      ValueList out = new ValueList();
      ListOps.range(db, slice(key(key)), 0, -1, out);
      out.all().forEach(each -> twice.addAndGet(taken.add(new String(each, UTF_8)) ? 0 : 1));
    }
    assertThat(twice.get()).as("seed %d", seed).isZero();
    assertThat((long) taken.size()).as("seed %d", seed).isEqualTo(next.get()).isPositive();
    assertThat(waited.get()).isPositive();
    assertThat(Engines.isFree(engine)).isTrue();
    engine.close();
  }

  private void push(Random random, AtomicLong next) {
    String one = key(random.nextInt(KEYS));
    if (random.nextInt(4) > 0) {
      ListOps.push(db, slice(one), slices("" + next.getAndIncrement()), 0, ListEnd.LAST, false);
      return;
    }
    String other = key(random.nextInt(KEYS));
    try (Plan held = engine.plan().add(slice(one)).add(slice(other)).acquire()) {
      ListOps.push(db, slice(one), slices("" + next.getAndIncrement(), "" + next.getAndIncrement()), 0, ListEnd.LAST, false);
      ListOps.push(db, slice(other), slices("" + next.getAndIncrement()), 0, ListEnd.LAST, false);
    }
  }

  private void waitFor(Taker taker, Random random, Queue<Taker> late) throws InterruptedException {
    if (taker.start()) {
      taker.finish();
      return;
    }
    waited.incrementAndGet();
    if (late.size() < 20 && random.nextInt(100) == 0) {
      late.add(taker); // nobody ends it
      return;
    }
    if (!taker.told.await(random.nextInt(200), TimeUnit.MICROSECONDS) && !taker.end(Waiter.End.TIMED_OUT)) {
      assertThat(taker.told.await(10, TimeUnit.SECONDS)).as("served but not told").isTrue();
    }
    taker.finish();
  }

  @Test void whoWaitsBehindAMoveThatGivesUp_isServed() throws Exception {
    engine = Engine.open(Engines.settings(16, new FakeClock()));
    db = engine.database(0);
    lines.add(new ArrayList<>());
    Taker[] all = new Taker[3];
    all[0] = new Taker(new int[] {0}, null) {
      @Override protected void ended() { // told when the stripes are given back, and before the move has its own
        super.ended();
        all[1].end(Waiter.End.TIMED_OUT);
      }
    };
    String far = Engines.keyIn(engine, engine.stripe(engine.hash(slice(key(0)))).index() ^ 1, "far");
    all[1] = new Taker(new int[] {0}, far);
    all[2] = new Taker(new int[] {0}, null);
    for (Taker each : all) {
      assertThat(each.start()).isFalse();
    }
    ListOps.push(db, slice(key(0)), slices("a", "b"), 0, ListEnd.LAST, false);
    assertThat(all[1].how()).isEqualTo(Waiter.End.TIMED_OUT);
    assertThat(all[2].how()).isEqualTo(Waiter.End.SERVED);
    assertThat(new String(all[2].out.only(), UTF_8)).isEqualTo("b");
    engine.close();
  }
}
