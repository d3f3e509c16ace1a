package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DeadlineHeapModelTest {
  @RepeatedTest(20) void theHeap_behavesLikeASortedList() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    DeadlineHeap heap = new DeadlineHeap();
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(300); i++) {
      all.add(new Entry(new Slice(), i));
    }
    int span = 1 + random.nextInt(random.nextBoolean() ? 5 : 10_000); // many equal, or few
    for (int step = 0; step < 5_000; step++) {
      Entry entry = all.get(random.nextInt(all.size()));
      heap.set(entry, random.nextInt(3) == 0 ? Deadline.NONE : random.nextInt(span));
      if (step % 50 == 0) {
        check(heap, all, seed);
      }
    }
    drain(heap, all, seed);
  }

  private static void check(DeadlineHeap heap, List<Entry> all, long seed) {
    List<Entry> inside = all.stream().filter(entry -> entry.deadlineMillis != Deadline.NONE).toList();
    assertThat(heap.size()).as("seed %d", seed).isEqualTo(inside.size());
    assertThat(inside.stream().map(entry -> entry.heapIndex)).as("each has a place of its own, seed %d", seed)
        .doesNotHaveDuplicates().allMatch(index -> index >= 0 && index < inside.size());
    assertThat(all.stream().filter(entry -> !inside.contains(entry)))
        .as("seed %d", seed).allMatch(entry -> entry.heapIndex == DeadlineHeap.OUTSIDE);
    long next = inside.stream().mapToLong(entry -> entry.deadlineMillis).min().orElse(Deadline.NONE);
    assertThat(heap.nextMillis()).as("seed %d", seed).isEqualTo(next);
  }

  private static void drain(DeadlineHeap heap, List<Entry> all, long seed) {
    List<Long> expected = all.stream().filter(entry -> entry.deadlineMillis != Deadline.NONE)
        .sorted(Comparator.comparingLong(entry -> entry.deadlineMillis)).map(entry -> entry.deadlineMillis).toList();
    List<Long> drained = new ArrayList<>();
    for (Entry next = heap.next(); next != null; next = heap.next()) {
      drained.add(next.deadlineMillis);
      heap.set(next, Deadline.NONE);
    }
    assertThat(drained).as("seed %d", seed).isEqualTo(expected);
    check(heap, all, seed);
  }

  @Test void anEmptyHeap_hasNoNext() {
    DeadlineHeap heap = new DeadlineHeap();
    Entry entry = new Entry(new Slice(), 1);
    heap.set(entry, Deadline.NONE);
    assertThat(heap.next()).isNull();
    assertThat(heap.nextMillis()).isEqualTo(Deadline.NONE);
    assertThat(heap.size()).isZero();
  }
}
