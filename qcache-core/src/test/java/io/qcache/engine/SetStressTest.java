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

/** Many threads on the same sets, for less than a second, and what must hold meanwhile and afterwards. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SetStressTest {
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

  @Test void membersThatMove_areAlwaysInOneOfTheSets_whateverTheReply() {
    int all = 4_000;
    for (int i = 0; i < all; i++) {
      SetOps.add(db, slice("s" + i % 3), slices("member number " + i), 0);
    }
    threads(3, () -> SetOps.move(db, slice("s" + next(3)), slice("s" + next(3)), slice("member number " + next(all))));
    threads(1, () -> {
      ValueList out = new ValueList();
      SetOps.union(db, slices("s0", "s1", "s2"), 0, out);
      assertThat(out.all()).hasSize(all);
    });
    threads(1, () -> {
      assertThat(SetOps.intersectionSize(db, slices("s0", "s1"), 0, 2, Long.MAX_VALUE)).isZero();
      ValueList out = new ValueList();
      SetOps.difference(db, slices("s0", "s1", "s2"), 0, out);
      assertThat(out.all()).doesNotHaveDuplicates();
    });
    run();
  }

  @Test void whatIsPopped_isGivenOnce() {
    AtomicLong added = new AtomicLong();
    AtomicLong popped = new AtomicLong();
    threads(2, () -> {
      for (int i = 0; i < 50; i++) {
        added.addAndGet(SetOps.add(db, slice("s"), slices(Long.toString(ThreadLocalRandom.current().nextLong()), "x" + next(99_999)), 0));
      }
    });
    threads(2, () -> {
      ValueList out = new ValueList();
      SetOps.pop(db, slice("s"), 1 + next(80), out);
      popped.addAndGet(out.all().size());
    });
    threads(1, () -> {
      ValueList out = new ValueList();
      SetOps.pop(db, slice("s"), out);
      popped.addAndGet(out.only() == null ? 0 : 1);
    });
    run();
    assertThat(SetOps.size(db, slice("s"))).isEqualTo(added.get() - popped.get());
  }
}
