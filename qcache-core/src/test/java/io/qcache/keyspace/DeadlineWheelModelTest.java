package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Deadline;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineWheelModelTest {
  @Test void whatIsDue_hasFired_whateverTheStepsAndSlices() {
    long base = new Random().nextLong();
    for (int round = 0; round < 5_000; round++) {
      run(base + round);
    }
  }

  private static void run(long seed) {
    Random random = new Random(seed);
    long[] now = {random.nextLong() >>> 20};
    DeadlineWheel wheel = new DeadlineWheel(now[0]);
    Map<Integer, Long> waiting = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      if (random.nextInt(3) > 0) {
        long deadline = now[0] + 1 + (random.nextBoolean() ? random.nextInt(100) : random.nextLong() >>> 10 + random.nextInt(45));
        wheel.add(i, deadline);
        waiting.put(i, deadline);
        continue;
      }
      now[0] += random.nextInt(4) == 0 ? random.nextLong() >>> 20 + random.nextInt(40) : random.nextInt(200);
      int slice = 1 + random.nextInt(5);
      DeadlineWheel.Due due = hint -> { // a hint may come early, and is then given again, as the owner does
        Long deadline = waiting.get(hint);
        if (deadline != null && deadline <= now[0]) {
          waiting.remove(hint);
        } else if (deadline != null) {
          wheel.add(hint, deadline);
        }
      };
      for (int turns = 0; wheel.advance(now[0], slice, due); turns++) {
        assertThat(turns).as("seed " + seed).isLessThan(100_000);
      }
      assertThat(waiting.values()).as("seed " + seed + " at " + now[0]).allMatch(deadline -> deadline > now[0]);
      long first = waiting.values().stream().min(Long::compare).orElse(Deadline.NONE);
      assertThat(wheel.nextMillis()).as("seed " + seed).isGreaterThan(now[0]).isLessThanOrEqualTo(first);
    }
  }

  @Test void hintsThatHaveFired_leaveNoMemoryBehind() {
    DeadlineWheel wheel = new DeadlineWheel(0);
    long empty = wheel.bytes();
    for (int i = 0; i < 10_000; i++) {
      wheel.add(i, 1 + i * 7L);
    }
    assertThat(wheel.bytes()).isGreaterThan(empty + 80_000);
    while (wheel.advance(70_000, 100, hint -> {})) {
      assertThat(wheel.size()).isPositive();
    }
    assertThat(wheel.size()).isZero();
    assertThat(wheel.bytes()).isEqualTo(empty);
    assertThat(wheel.nextMillis()).isEqualTo(Deadline.NONE);
  }
}
