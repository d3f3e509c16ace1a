package io.qcache.engine;

import static io.qcache.engine.Engines.awaitBlocked;
import static io.qcache.engine.Engines.finish;
import static io.qcache.engine.Engines.get;
import static io.qcache.engine.Engines.isFree;
import static io.qcache.engine.Engines.keyIn;
import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static io.qcache.engine.Engines.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ClosedException;
import io.qcache.FakeClock;
import io.qcache.engine.Engines.ByHand;
import io.qcache.engine.Engines.Loop;
import io.qcache.engine.Engines.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second half of the change call: queue, listeners, and who waits for whom. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some hang uninterruptibly when broken
class ChangesTest {
  private static final Executor AT_ONCE = Runnable::run;

  private final FakeClock clock = new FakeClock();
  private final ByHand byHand = new ByHand();
  private final Recorder recorder = new Recorder();
  private Engine engine;
  private Database db;

  private void open(Executor executor) {
    engine = Engine.open(Engines.settings(4, clock).executor(executor));
    db = engine.database(0);
  }

  @AfterEach void close() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test void aListener_isToldFromItsSubscriptionToItsEnd() throws Exception {
    open(AT_ONCE);
    set(db, "before", "x");
    AutoCloseable subscription = engine.subscribe(recorder, 10);
    set(engine.database(3), "while", "x");
    subscription.close();
    subscription.close();
    set(db, "after", "x");
    assertThat(recorder.take()).containsExactly("3 while new WRITTEN", "3 while set WRITTEN");
  }

  @Test void aTransactionsChanges_areOneUnit_handedOverWhenItEnds() {
    open(AT_ONCE);
    engine.subscribe(recorder, 100);
    try (Plan held = engine.plan().all().acquire()) {
      set(db, "a", "1");
      StringOps.setAll(db, slices("b", "2", "a", "3"), 0);
      assertThat(recorder.take()).as("nothing under the locks").isEmpty();
    }
    assertThat(recorder.take()).containsExactly("0 a new WRITTEN", "0 a set WRITTEN", "0 b new WRITTEN",
        "0 b set WRITTEN", "0 a set REPLACED");
  }

  @Test void everyListener_isTold() {
    open(AT_ONCE);
    Recorder other = new Recorder();
    engine.subscribe(recorder, 10);
    engine.subscribe(other, 10);
    set(db, "a", "1");
    assertThat(recorder.take()).hasSize(2).isEqualTo(other.take());
  }

  @Test void aListener_runsUnderNoLock() {
    open(AT_ONCE);
    List<Boolean> free = new ArrayList<>();
    AtomicReference<AutoCloseable> subscription = new AtomicReference<>();
    subscription.set(engine.subscribe(listener(change -> {
      free.add(isFree(engine));
      Thread closer = start(() -> close(subscription.get())); // the subscription's own lock, too
      finish(closer);
    }), 10));
    try (Plan held = engine.plan().all().acquire()) {
      StringOps.append(db, slice("a"), slice("1"));
    }
    assertThat(free).isNotEmpty().doesNotContain(false);
  }

  @Test void aFullQueue_makesAWriterWait_outsideAllLocks() {
    open(byHand);
    engine.subscribe(recorder, 2);
    set(db, "a", "1"); // two changes
    Thread writer = start(() -> set(db, "a", "2"));
    awaitBlocked(writer);
    assertThat(isFreeOfChanges()).as("others have every stripe").isTrue();
    assertThat(get(db, "a")).isEqualTo("1");
    byHand.run();
    finish(writer);
    assertThat(get(db, "a")).isEqualTo("2");
    byHand.run();
    assertThat(recorder.take()).containsExactly("0 a new WRITTEN", "0 a set WRITTEN", "0 a set REPLACED");
  }

  /** As {@link Engines#isFree}, by a thread that never waits for a listener. */
  private boolean isFreeOfChanges() {
    Loop.run(() -> engine.plan().all().acquire().close());
    return true;
  }

  @Test void aWriterThatHoldsAPlan_doesNotWaitForAListener() { // who else would read what the listener asks for?
    open(byHand);
    engine.subscribe(recorder, 1);
    String here = keyIn(engine, 0, "here");
    String there = keyIn(engine, 1, "there");
    try (Plan held = engine.plan().add(slice(here)).acquire()) {
      finish(start(() -> set(db, there, "x"))); // now the queue is full
      set(db, here, "1");
      StringOps.setAll(db, slices(here, "2"), 0);
      StringOps.setAll(db, slices(), 0);
      assertThat(get(db, here)).isEqualTo("2");
    }
  }

  @Test void aLoop_neverWaits_andTheListenerIsToldWhatItMissed_whereItMissedIt() {
    open(byHand);
    engine.subscribe(recorder, 3);
    set(db, "a", "1"); // two changes
    Loop.run(() -> {
      set(db, "a", "2"); // the third
      set(db, "a", "3");
      set(db, "b", "1");
    });
    Thread writer = start(() -> set(db, "a", "4"));
    awaitBlocked(writer);
    byHand.run();
    finish(writer);
    byHand.run();
    assertThat(recorder.take()).containsExactly("0 a new WRITTEN", "0 a set WRITTEN", "0 a set REPLACED", "missed 3",
        "0 a set REPLACED");
    Loop.run(() -> set(db, "a", "5"));
    byHand.run();
    assertThat(recorder.take()).containsExactly("0 a set REPLACED");
  }

  @Test void whatWasMissedLast_isToldAtTheEnd() {
    open(byHand);
    engine.subscribe(recorder, 1);
    Loop.run(() -> {
      set(db, "a", "1");
      set(db, "a", "2");
    });
    byHand.run();
    assertThat(recorder.take()).containsExactly("0 a new WRITTEN", "missed 2");
  }

  @Test void aThreadThatRunsAListener_neverWaits() {
    open(byHand);
    engine.subscribe(listener(change -> {
      recorder.changed(change);
      if (change.key().utf8().equals("a")) {
        StringOps.append(db, slice("b"), slice("x"));
        StringOps.append(db, slice("c"), slice("x"));
      }
    }, recorder::missed), 1);
    StringOps.append(db, slice("a"), slice("x"));
    byHand.run();
    assertThat(recorder.take()).containsExactly("0 a new WRITTEN", "0 a append WRITTEN", "missed 4",
        "0 b append WRITTEN", "missed 1");
  }

  @Test void aListenerThatRunsAnotherEnginesListener_isStillOneAfterwards() {
    open(byHand);
    Engine other = Engine.open(Engines.settings(1, clock).executor(AT_ONCE));
    other.subscribe(listener(change -> { }), 10);
    AtomicBoolean done = new AtomicBoolean();
    engine.subscribe(listener(change -> {
      if (!done.get()) {
        set(other.database(0), "x", "x"); // runs that listener here and now
        set(db, "b", "1");
        set(db, "b", "2"); // would wait for itself
        done.set(true);
      }
    }), 1);
    Loop.run(() -> set(db, "a", "1"));
    byHand.run();
    assertThat(done).isTrue();
    other.close();
  }

  @Test void closingTheSubscription_letsItsWritersGoOn() {
    open(byHand);
    AutoCloseable subscription = engine.subscribe(recorder, 1);
    set(db, "a", "1");
    Thread writer = start(() -> set(db, "a", "2"));
    awaitBlocked(writer);
    close(subscription);
    finish(writer);
    assertThat(get(db, "a")).isEqualTo("2");
    byHand.run();
    assertThat(recorder.take()).as("handed over before the end").containsExactly("0 a new WRITTEN", "0 a set WRITTEN");
  }

  @Test void closingTheEngine_endsAWriterThatWaits_withClosedException() {
    open(byHand);
    engine.subscribe(recorder, 1);
    set(db, "a", "1");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread writer = start(() -> {
      try {
        set(db, "a", "2");
      } catch (RuntimeException e) {
        thrown.set(e);
      }
    });
    awaitBlocked(writer);
    engine.close();
    finish(writer);
    assertThat(thrown.get()).isInstanceOf(ClosedException.class);
    assertThat(get(db, "a")).isEqualTo("1");
  }

  @Test void aListenerThatThrows_isToldTheNext_andTheLogSaysSo() {
    List<String> logged = new ArrayList<>();
    engine = Engine.open(Engines.settings(1, clock).executor(AT_ONCE).log((level, message) -> {
      logged.add(message);
      throw new IllegalStateException("the log throws, too");
    }));
    db = engine.database(0);
    engine.subscribe(new Thrower(), 10);
    engine.subscribe(recorder, 10);
    set(db, "a", "1");
    set(db, "a", "2");
    assertThat(recorder.take()).hasSize(3);
    assertThat(logged).hasSize(3).allMatch(line -> line.contains("Thrower") && line.contains("no more"));
  }

  private static final class Thrower implements ChangeListener {
    @Override public void changed(Change change) {
      throw new AssertionError("no more");
    }

    @Override public void missed(long count) {
    }

    @Override public String toString() {
      throw new IllegalStateException("this as well");
    }
  }

  @Test void anExecutorThatRefuses_keepsNobodyWaiting_andTheListenerIsToldWhenItTakesAgain() {
    AtomicBoolean refuses = new AtomicBoolean(true);
    List<String> logged = new ArrayList<>();
    engine = Engine.open(Engines.settings(1, clock).log((level, message) -> logged.add(message)).executor(call -> {
      if (refuses.get()) {
        throw new RejectedExecutionException("full");
      }
      byHand.execute(call);
    }));
    db = engine.database(0);
    engine.subscribe(recorder, 2);
    set(db, "a", "1");
    set(db, "a", "2");
    set(db, "a", "3");
    assertThat(logged).as("said once").hasSize(1).allMatch(line -> line.contains("refuses"));
    refuses.set(false);
    set(db, "a", "4");
    byHand.run();
    assertThat(recorder.take()).containsExactly("missed 4", "0 a set REPLACED");
  }

  @Test void anExecutorThatFails_keepsNobodyWaiting() {
    AtomicBoolean fails = new AtomicBoolean(true);
    open(call -> {
      if (fails.get()) {
        throw new LinkageError("or any other Error, such as of memory for the thread");
      }
      byHand.execute(call);
    });
    engine.subscribe(recorder, 1);
    set(db, "a", "1");
    set(db, "a", "2");
    fails.set(false);
    set(db, "a", "3");
    byHand.run();
    assertThat(recorder.take()).containsExactly("missed 3", "0 a set REPLACED");
  }

  @Test void aWriter_handsOverAThousandChanges_andTheUpkeepThreadTheOthers() {
    open(AT_ONCE);
    Thread writer = Thread.currentThread();
    List<String> byWriter = new ArrayList<>();
    engine.subscribe(listener(change -> {
      if (Thread.currentThread() == writer) {
        byWriter.add(change.key().utf8());
      }
      recorder.changed(change);
    }), 10_000);
    Slices pairs = new Slices();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1_700; i++) {
      pairs.add(slice("k" + i).copy());
      pairs.add(slice("v").copy());
      expected.add("0 k" + i + " new WRITTEN");
      expected.add("0 k" + i + " set WRITTEN");
    }
    StringOps.setAll(db, pairs, 0);
    assertThat(recorder.await(3_400)).isEqualTo(expected);
    assertThat(byWriter).hasSize(1_000);
  }

  @Test void aThreadThatWaitsForAListener_isNotHeldUpByAnother() throws Exception {
    open(byHand);
    engine.subscribe(recorder, 1_000);
    AutoCloseable full = engine.subscribe(listener(change -> { }), 1);
    set(db, "a", "1");
    Thread writer = start(() -> set(db, "a", "2"));
    awaitBlocked(writer);
    full.close();
    finish(writer);
  }

  @Test void aCapacityOfNone_isRefused() {
    open(AT_ONCE);
    assertThatThrownBy(() -> engine.subscribe(recorder, 0))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("capacity must be > 0: was 0");
  }

  @Test void withoutAnExecutor_listenersRunOnADaemonThreadOfTheEngines() throws Exception {
    open(null);
    CompletableFuture<Thread> seen = new CompletableFuture<>();
    engine.subscribe(listener(change -> seen.complete(Thread.currentThread())), 10);
    set(db, "a", "1");
    Thread thread = seen.get();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("qcache-listeners");
    engine.close();
    thread.join(10_000);
    assertThat(thread.isAlive()).as("goes with the engine").isFalse();
  }

  private static void close(AutoCloseable closed) {
    try {
      closed.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ChangeListener listener(java.util.function.Consumer<Change> changed) {
    return listener(changed, count -> { });
  }

  private static ChangeListener listener(
      java.util.function.Consumer<Change> changed, java.util.function.LongConsumer missed) {
    return new ChangeListener() {
      @Override public void changed(Change change) {
        changed.accept(change);
      }

      @Override public void missed(long count) {
        missed.accept(count);
      }
    };
  }
}
