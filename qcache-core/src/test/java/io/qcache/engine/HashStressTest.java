package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on the same hashes, for less than a second, and what must hold meanwhile and afterwards. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HashStressTest {
  private final Engine engine = Engine.open(Engines.settings(4, new FakeClock()));
  private final Database db = engine.database(0);
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile long endNanos;

  private void threads(int count, Runnable turn) {
    for (int i = 0; i < count; i++) {
      threads.add(new Thread(() -> {
        try {
          while (System.nanoTime() < endNanos && failures.isEmpty()) {
            turn.run();
          }
        } catch (Throwable failure) {
          failures.add(failure);
        }
      }));
    }
  }

  private void run() {
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
    threads.forEach(thread -> {
      thread.setDaemon(true);
      thread.start();
    });
    threads.forEach(Engines::finish);
    assertThat(failures).isEmpty();
    assertThat(Engines.isFree(engine)).isTrue();
    engine.close();
  }

  private static int next(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  @Test void whatIsSetTogether_isSeenTogether_inAReplyThatIsLongToo() {
    for (int i = 0; i < 5_000; i++) { // longer than what is given under the lock
      HashOps.set(db, slice("h"), slices("filling " + i, "some text " + i), 0);
    }
    HashOps.set(db, slice("h"), slices("a", "0", "b", "0"), 0);
    threads(2, () -> {
      String value = Integer.toString(next(1_000_000));
      HashOps.set(db, slice("h"), slices("b", value, "filling " + next(5_000), value, "a", value), 0);
      HashOps.delete(db, slice("h"), slices("filling " + next(5_000)), 0);
    });
    threads(2, () -> {
      ValueList out = new ValueList();
      HashOps.entries(db, slice("h"), out);
      String a = null;
      String b = null;
      for (int i = 0; i < out.all().size(); i += 2) {
        String field = new String(out.all().get(i));
        a = field.equals("a") ? new String(out.all().get(i + 1)) : a;
        b = field.equals("b") ? new String(out.all().get(i + 1)) : b;
      }
      assertThat(a).isNotNull().isEqualTo(b);
    });
    run();
  }

  @Test void increments_loseNothing_whileTheHashGrowsAndShrinks() {
    AtomicLong sum = new AtomicLong();
    threads(3, () -> {
      long by = next(100) - 50;
      HashOps.increment(db, slice("h"), slice("n" + next(3)), by);
      sum.addAndGet(by);
    });
    threads(1, () -> {
      for (int i = 0; i < 300; i++) {
        HashOps.set(db, slice("h"), slices("other " + i, "x"), 0);
      }
      for (int i = 0; i < 300; i++) {
        HashOps.delete(db, slice("h"), slices("other " + i), 0);
      }
    });
    threads(1, () -> HashOps.random(db, slice("h"), next(50) - 25, true, new ValueList()));
    run();
    long found = 0;
    for (int i = 0; i < 3; i++) {
      ValueList out = new ValueList();
      HashOps.get(db, slice("h"), slice("n" + i), out);
      found += out.only() == null ? 0 : Long.parseLong(new String(out.only()));
    }
    assertThat(found).isEqualTo(sum.get());
  }
}
