package io.qcache.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.ListEnd;
import io.qcache.Lists;
import io.qcache.QCache;
import io.qcache.QCacheException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait for elements, time out and are interrupted just when they are served: no element is lost or taken twice. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TakerStressTest {
  private static final int TAKERS = 4;
  private static final int ELEMENTS = 20_000;
  private static final String END = "end";

  private final long seed = System.nanoTime();
  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private void take(Lists<String, String> lists, Random random) {
    for (String element = ""; !element.equals(END);) {
      Thread.interrupted(); // perhaps set behind the last call
      Duration timeout = Duration.ofMillis(random.nextBoolean() ? 1 : 1000);
      try {
        Optional<String> one = random.nextInt(4) == 0
            ? lists.pollAny(List.of("other", "l"), ListEnd.FIRST, 1, timeout).map(entry -> entry.getValue().get(0))
            : lists.pollFirst("l", timeout);
        element = one.orElse("");
        one.ifPresent(taken::add);
      } catch (QCacheException interrupted) {
        if (!Thread.interrupted()) {
          failures.add(interrupted);
        }
      } catch (Throwable failed) {
        failures.add(failed);
        return;
      }
    }
  }

  @Test void whateverIsPushed_isTakenOnce() throws InterruptedException {
    List<Thread> takers = new ArrayList<>();
    try (QCache cache = QCache.open()) {
      for (int i = 0; i < TAKERS; i++) {
        Random random = new Random(seed + i);
        takers.add(new Thread(() -> take(cache.lists(), random)));
      }
      takers.forEach(Thread::start);
      Random random = new Random(seed - 1);
      for (int i = 0; i < ELEMENTS; i++) {
        Thread one = takers.get(random.nextInt(TAKERS));
        if (random.nextInt(3) == 0) {
          one.interrupt();
        }
        cache.lists().addLast(random.nextInt(4) == 0 ? "other" : "l", Integer.toString(i));
        if (random.nextInt(3) == 0) {
          one.interrupt();
        }
        if (random.nextInt(16) == 0) {
          cache.lists().move("other", ListEnd.FIRST, "l", ListEnd.LAST);
        }
      }
      while (cache.lists().move("other", ListEnd.FIRST, "l", ListEnd.LAST).isPresent()) {}
      for (Thread each : takers) {
        cache.lists().addLast("l", END);
      }
      for (Thread each : takers) {
        each.join();
      }
    }
    assertThat(failures).as("seed %d", seed).isEmpty();
    taken.removeIf(END::equals);
    assertThat(taken).as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ELEMENTS).mapToObj(Integer::toString).toList());
  }
}
