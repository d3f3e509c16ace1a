package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.ListEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many threads on few lists, and what must hold meanwhile and afterwards. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListStressTest {
  private static final long MILLIS = 400;

  private final long seed = System.nanoTime();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private Engine engine;
  private Database db;
  private volatile long endNanos;

  private interface Turn {
    void take(Random random);
  }

  private void open(int stripes) {
    engine = Engine.open(Engines.settings(stripes, new FakeClock()));
    db = engine.database(0);
  }

  private void thread(Turn turn) {
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

  private void run() {
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    threads.forEach(thread -> {
      thread.setDaemon(true);
      thread.start();
    });
    threads.forEach(Engines::finish);
    assertThat(failures).as("seed %d", seed).isEmpty();
    assertThat(Engines.isFree(engine)).isTrue();
  }

  private static ListEnd end(Random random) {
    return random.nextBoolean() ? ListEnd.FIRST : ListEnd.LAST;
  }

  private static List<String> texts(ValueList values) {
    return values.all().stream().map(each -> new String(each, UTF_8)).toList();
  }

  @ParameterizedTest @CsvSource({"1", "16"})
  void whatIsPushed_isPoppedOnce_whicheverWay(int stripes) {
    open(stripes);
    AtomicLong next = new AtomicLong();
    Set<String> popped = ConcurrentHashMap.newKeySet();
    AtomicLong twice = new AtomicLong();
    for (int i = 0; i < 2; i++) {
      thread(random -> {
        Slices elements = new Slices();
        for (int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 3); n > 0; n--) {
          elements.add(Long.toString(next.getAndIncrement()).getBytes(UTF_8));
        }
        ListOps.push(db, slice("list" + random.nextInt(4)), elements, 0, end(random), false);
      });
      thread(random -> {
        ValueList out = new ValueList();
        String key = "list" + random.nextInt(4);
        boolean found = switch (random.nextInt(3)) {
          case 0 -> ListOps.pop(db, slice(key), end(random), 1 + random.nextInt(400), out);
          case 1 -> ListOps.popFirst(db, slices("list1", "list0", "list3"), 0, 3, end(random), 1 + random.nextInt(400), out);
          default -> {
            ListOps.pop(db, slice(key), end(random), out);
            yield out.only() != null;
          }
        };
        if (found) {
          texts(out).stream().filter(each -> !each.startsWith("list")).forEach(each -> twice.addAndGet(popped.add(each) ? 0 : 1));
        }
      });
      thread(random -> ListOps.move(db, slice("list" + random.nextInt(4)), end(random), slice("list" + random.nextInt(4)),
          end(random), new ValueList()));
    }
    thread(random -> {
      ValueList out = new ValueList();
      ListOps.range(db, slice("list" + random.nextInt(4)), 0, -1, out);
      assertThat(Set.copyOf(texts(out))).hasSize(out.all().size());
    });
    run();
    long left = 0;
    for (int i = 0; i < 4; i++) {
      ValueList out = new ValueList();
      ListOps.range(db, slice("list" + i), 0, -1, out);
      texts(out).forEach(each -> twice.addAndGet(popped.add(each) ? 0 : 1));
    }
    assertThat(left + popped.size()).isEqualTo(next.get()).isGreaterThan(100);
    assertThat(twice.get()).isZero();
    engine.close();
  }

  @Test void aQueue_keepsTheOrderOfEachWhoPushes() {
    open(2);
    AtomicLong taken = new AtomicLong();
    long[][] last = new long[2][3];
    for (int i = 0; i < 3; i++) {
      int self = i;
      long[] next = {1};
      thread(random -> ListOps.push(db, slice("queue"), slices(self + ":" + next[0]++), 0, ListEnd.LAST, false));
    }
    for (int i = 0; i < 2; i++) {
      long[] seen = last[i];
      thread(random -> {
        ValueList out = new ValueList();
        if (ListOps.pop(db, slice("queue"), ListEnd.FIRST, 1 + random.nextInt(200), out)) {
          for (String each : texts(out)) {
            int from = each.charAt(0) - '0';
            long number = Long.parseLong(each.substring(2));
            assertThat(number).isGreaterThan(seen[from]);
            seen[from] = number;
            taken.incrementAndGet();
          }
        }
      });
    }
    run();
    assertThat(taken.get()).isGreaterThan(100);
    engine.close();
  }

  @ParameterizedTest @CsvSource({"50", "6000"})
  void aRange_isTheListAtOneInstant(int size) {
    open(2);
    for (int i = 0; i < size; i++) {
      ListOps.push(db, slice("ring"), slices("element" + i), 0, ListEnd.LAST, false);
    }
    thread(random -> ListOps.move(db, slice("ring"), ListEnd.FIRST, slice("ring"), ListEnd.LAST, new ValueList()));
    thread(random -> ListOps.move(db, slice("ring"), ListEnd.LAST, slice("ring"), ListEnd.FIRST, new ValueList()));
    for (int i = 0; i < 2; i++) {
      thread(random -> {
        ValueList out = new ValueList();
        ListOps.range(db, slice("ring"), 0, -1, out);
        List<String> ring = texts(out);
        assertThat(ring).hasSize(size);
        int first = Integer.parseInt(ring.get(0).substring(7));
        for (int at = 0; at < size; at++) {
          if (!ring.get(at).equals("element" + (first + at) % size)) {
            throw new AssertionError("element " + at + " behind " + first + " is " + ring.get(at));
          }
        }
      });
    }
    run();
    engine.close();
  }
}
