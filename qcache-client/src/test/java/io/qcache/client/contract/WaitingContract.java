package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ClosedException;
import io.qcache.ListEnd;
import io.qcache.Lists;
import io.qcache.OutOfRangeException;
import io.qcache.QCacheException;
import io.qcache.Scored;
import io.qcache.SortedSets;
import io.qcache.WrongTypeException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Operations that wait for a key to be there. */
interface WaitingContract extends Contract {
  Duration LONG = Duration.ofSeconds(30);
  Duration SHORT = Duration.ofNanos(1);
  Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private Lists<String, String> lists() {
    return cache().lists();
  }

  private SortedSets<String, String> sortedSets() {
    return cache().sortedSets();
  }

  @Test default void whatIsThere_isTakenAtOnce() {
    lists().addAllLast("l", List.of("a", "b", "c", "d", "e", "f"));
    assertThat(lists().pollFirst("l", LONG)).contains("a");
    assertThat(lists().pollLast("l", FOR_EVER)).contains("f");
    assertThat(lists().pollAny(List.of("none", "l", "l"), ListEnd.LAST, 2, LONG)).contains(Map.entry("l", List.of("e", "d")));
    assertThat(lists().move("l", ListEnd.FIRST, "m", ListEnd.LAST, LONG)).contains("b");
    assertThat(lists().move("l", ListEnd.FIRST, "l", ListEnd.LAST, LONG)).contains("c");
    assertThat(lists().pollAny(List.of("m", "l"), ListEnd.FIRST, Long.MAX_VALUE, LONG)).contains(Map.entry("m", List.of("b")));
    sortedSets().addAll("z", Map.of("one", 1.5, "two", 2.0, "three", Double.POSITIVE_INFINITY));
    assertThat(sortedSets().pollFirst("z", FOR_EVER)).contains(new Scored<>("one", 1.5));
    assertThat(sortedSets().pollLast("z", LONG)).contains(new Scored<>("three", Double.POSITIVE_INFINITY));
    assertThat(lists().getAll("l")).containsExactly("c");
    assertThat(sortedSets().size("z")).isEqualTo(1);
  }

  @Test default void nothingInTime_isEmpty_andWhatComesLaterStays() {
    assertThat(lists().pollFirst("k", SHORT)).isEmpty();
    assertThat(lists().pollLast("k", SHORT)).isEmpty();
    assertThat(lists().pollAny(List.of("j", "k"), ListEnd.FIRST, 1, SHORT)).isEmpty();
    assertThat(lists().move("k", ListEnd.FIRST, "to", ListEnd.FIRST, SHORT)).isEmpty();
    assertThat(sortedSets().pollFirst("k", SHORT)).isEmpty();
    long began = System.nanoTime();
    assertThat(sortedSets().pollLast("k", Duration.ofMillis(20))).isEmpty();
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(20_000_000);
    assertThat(keys().size()).isZero();
    lists().addLast("k", "a");
    assertThat(lists().getAll("k")).containsExactly("a");
  }

  @Test default void whoWaits_isServedByWhatBringsSomething() throws Exception {
    Waiting first = new Waiting(() -> lists().pollFirst("l", LONG));
    lists().addAllLast("l", List.of("a", "b"));
    assertThat(first.result()).isEqualTo(Optional.of("a"));
    lists().pollLast("l");

    Waiting last = new Waiting(() -> lists().pollLast("l", FOR_EVER));
    cache().atomically(List.of(), t -> t.write().lists().addAllLast("l", List.of("a", "b")));
    assertThat(last.result()).isEqualTo(Optional.of("b"));

    Waiting any = new Waiting(() -> lists().pollAny(List.of("x", "y"), ListEnd.FIRST, 2, LONG));
    keys().rename("l", "y");
    assertThat(any.result()).isEqualTo(Optional.of(Map.entry("y", List.of("a"))));

    Waiting move = new Waiting(() -> lists().move("l", ListEnd.FIRST, "to", ListEnd.LAST, LONG));
    lists().addFirst("l", "c");
    assertThat(move.result()).isEqualTo(Optional.of("c"));
    assertThat(lists().getAll("to")).containsExactly("c");
    assertThat(keys().exists("l")).isFalse();

    Waiting least = new Waiting(() -> sortedSets().pollFirst("z", LONG));
    sortedSets().addAll("z", Map.of("one", 1.0, "two", 2.0));
    assertThat(least.result()).isEqualTo(Optional.of(new Scored<>("one", 1.0)));
    keys().delete("z");

    Waiting greatest = new Waiting(() -> sortedSets().pollLast("z", LONG));
    sortedSets().addAll("z", Map.of("one", 1.0, "two", 2.0));
    assertThat(greatest.result()).isEqualTo(Optional.of(new Scored<>("two", 2.0)));
  }

  @Test default void aChainOfMoves_servesEachThatWaits() throws Exception {
    Waiting end = new Waiting(() -> lists().pollFirst("c", LONG));
    Waiting second = new Waiting(() -> lists().move("b", ListEnd.FIRST, "c", ListEnd.FIRST, LONG));
    Waiting one = new Waiting(() -> lists().move("a", ListEnd.FIRST, "b", ListEnd.FIRST, LONG));
    lists().addFirst("a", "x");
    assertThat(List.of(one.result(), second.result(), end.result())).containsOnly(Optional.of("x"));
    assertThat(keys().size()).isZero();
  }

  @Test default void anotherType_isRefused_atOnceOrWhenItMatters() throws Exception {
    strings().set("s", "text");
    assertThatThrownBy(() -> lists().pollFirst("s", LONG)).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> lists().move("s", ListEnd.FIRST, "to", ListEnd.FIRST, LONG)).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> sortedSets().pollFirst("s", LONG)).isInstanceOf(WrongTypeException.class);

    Waiting move = new Waiting(() -> lists().move("l", ListEnd.FIRST, "s", ListEnd.FIRST, LONG));
    lists().addFirst("l", "stays");
    assertThat(move.failure()).isInstanceOf(WrongTypeException.class);
    assertThat(lists().getAll("l")).containsExactly("stays");
  }

  @Test default void whatCannotBeWaitedFor_isRefused() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> lists().pollFirst("l", none))
          .isInstanceOf(OutOfRangeException.class).hasMessage("timeout must be > 0: was " + none);
      assertThatThrownBy(() -> lists().move("l", ListEnd.FIRST, "m", ListEnd.LAST, none)).isInstanceOf(OutOfRangeException.class);
      assertThatThrownBy(() -> sortedSets().pollLast("z", none)).isInstanceOf(OutOfRangeException.class);
    }
    assertThatThrownBy(() -> lists().pollAny(List.of("l"), ListEnd.FIRST, 0, LONG)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> lists().pollAny(List.of(), ListEnd.FIRST, 1, LONG)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test default void anInterrupt_endsTheWait_withTheFlagSet() throws Exception {
    Waiting list = new Waiting(() -> lists().pollFirst("k", LONG));
    list.thread.interrupt();
    assertThat(list.failure()).isExactlyInstanceOf(QCacheException.class).hasCauseInstanceOf(InterruptedException.class);
    assertThat(list.interrupted).isTrue();
    Waiting sortedSet = new Waiting(() -> sortedSets().pollFirst("k", FOR_EVER));
    sortedSet.thread.interrupt();
    assertThat(sortedSet.failure()).isExactlyInstanceOf(QCacheException.class).hasCauseInstanceOf(InterruptedException.class);
    assertThat(sortedSet.interrupted).isTrue();
  }

  @Test default void whoIsInterruptedAlready_takesNothing() {
    lists().addLast("l", "a");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> lists().pollFirst("l", LONG)).hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(lists().getAll("l")).containsExactly("a");
  }

  @Test default void closing_endsTheWait() throws Exception {
    List<Waiting> all = List.of(
        new Waiting(() -> lists().pollAny(List.of("a", "b"), ListEnd.LAST, 1, FOR_EVER)),
        new Waiting(() -> lists().move("a", ListEnd.FIRST, "b", ListEnd.FIRST, LONG)),
        new Waiting(() -> sortedSets().pollFirst("a", LONG)));
    cache().close();
    for (Waiting each : all) {
      assertThat(each.failure()).isInstanceOf(ClosedException.class);
    }
    assertThatThrownBy(() -> lists().pollFirst("a", LONG)).isInstanceOf(ClosedException.class);
  }

  /** Each is served by the one started after it: where a wait held its carrier, with few of those the last would never run. */
  @EnabledForJreRange(min = JRE.JAVA_21)
  @Test default void waitsOnVirtualThreads_blockNoCarrier() throws Exception {
    int count = 8; // as many as a client waits with at a time
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    Queue<Optional<String>> results = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String mine = "k" + i;
      String before = i == 0 ? "end" : "k" + (i - 1);
      Runnable wait = () -> {
        results.add(lists().pollFirst(mine, LONG));
        lists().addLast(before, "x");
      };
      threads.add((Thread) start.invoke(null, wait));
    }
    lists().addLast("k" + (count - 1), "x");
    for (Thread each : threads) {
      each.join();
    }
    assertThat(results).hasSize(count).containsOnly(Optional.of("x"));
    assertThat(lists().getAll("end")).containsExactly("x");
  }
}
