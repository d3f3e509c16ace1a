package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.ListEnd;
import io.qcache.ValueType;
import io.qcache.keyspace.Allocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of who waits where memory runs out. */
class WaiterTest {
  private final FakeClock clock = new FakeClock();
  private final Thread tester = Thread.currentThread();
  private final List<String> told = new ArrayList<>();
  private boolean fails; // the tester's next look at the clock, by which it finds out whether a key is due
  private final Engine engine = Engine.open(Engines.settings(4, clock).clock(new InstantSource() {
    @Override public long millis() {
      if (fails && Thread.currentThread() == tester) {
        fails = false;
        throw new OutOfMemoryError("told to fail");
      }
      return clock.millis();
    }

    @Override public Instant instant() {
      return clock.instant();
    }
  }));
  private final Database db = engine.database(0);

  @AfterEach void close() {
    engine.close();
  }

  private final class Taker extends Waiter {
    private final String name;
    private final ValueList out = new ValueList();

    Taker(String name) {
      super(db, ValueType.LIST, null);
      this.name = name;
    }

    Taker waitsFor(String key) {
      Slices keys = new Slices();
      keys.add(key.getBytes(UTF_8));
      assertThat(start(keys, 0, 1, true)).isFalse();
      return this;
    }

    @Override protected void take(Slice key) {
      ListOps.pop(db, key, ListEnd.FIRST, out);
    }

    @Override protected void ended() {
      told.add(name + " " + (failure() == null ? new String(out.only(), UTF_8) : failure().getMessage()));
    }
  }

  @Test void whoCannotBeLookedAt_endsWithThat_andThoseOfItsKeyAndOfOthersAreServed() {
    Taker first = new Taker("first").waitsFor("a");
    new Taker("behind").waitsFor("a");
    new Taker("other").waitsFor("b");
    try (Plan held = engine.plan().add(slice("a")).add(slice("b")).acquire()) {
      ListOps.push(db, slice("a"), slices("1"), 0, ListEnd.LAST, false);
      KeyOps.expire(db, slice("a"), clock.millis() + 1_000, 0);
      ListOps.push(db, slice("b"), slices("2"), 0, ListEnd.LAST, false);
      fails = true;
    }
    assertThat(told).containsExactly("first told to fail", "behind 1", "other 2");
    assertThat(first.how()).isEqualTo(Waiter.End.SERVED);
    new Taker("later").waitsFor("a");
    ListOps.push(db, slice("a"), slices("3"), 0, ListEnd.LAST, false);
    assertThat(told).endsWith("later 3");
  }

  @Test void whereMemoryRunsOutForAPush_thereIsNoPush_orWhoWaitsIsServed() {
    for (int succeeding = 0; failedAt(succeeding); succeeding++) {
      told.clear();
    }
  }

  /** Whether that allocation of a push failed. */
  private boolean failedAt(int succeeding) {
    Taker before = new Taker("before").waitsFor("a"); // so that the push that matters is not the first one that serves
    ListOps.push(db, slice("a"), slices("1"), 0, ListEnd.LAST, false);
    assertThat(before.how()).isEqualTo(Waiter.End.SERVED);
    Taker taker = new Taker("taker").waitsFor("a");
    Allocation.failAfter(succeeding);
    try {
      ListOps.push(db, slice("a"), slices("2"), 0, ListEnd.LAST, false);
      assertThat(taker.how()).isEqualTo(Waiter.End.SERVED);
    } catch (OutOfMemoryError failed) {
      assertThat(taker.isWaiting() && ListOps.length(db, slice("a")) == 0 || told.contains("taker 2"))
          .as("after %s: %s", succeeding, told).isTrue();
    }
    boolean failed = Allocation.hasFailed();
    Allocation.failAfter(-1);
    if (taker.isWaiting()) {
      ListOps.push(db, slice("a"), slices("2"), 0, ListEnd.LAST, false);
    }
    assertThat(told).hasSize(2).startsWith("before 1");
    return failed;
  }
}
