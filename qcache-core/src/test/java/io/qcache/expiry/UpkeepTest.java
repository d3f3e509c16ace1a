package io.qcache.expiry;

import static io.qcache.engine.Engines.get;
import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.engine.Change;
import io.qcache.engine.ChangeListener;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.Engines.ByHand;
import io.qcache.engine.Engines.Recorder;
import io.qcache.engine.KeyOps;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpkeepTest {
  private final List<Engine> opened = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final Recorder recorder = new Recorder();

  private Engine open(Engine.Settings settings) {
    Engine engine = Engine.open(settings);
    opened.add(engine);
    return engine;
  }

  private Engine withFakeClock() {
    return open(Engines.settings(2, clock).executor(Runnable::run));
  }

  private static Engine.Settings realTime() {
    return new Engine.Settings().stripes(4).log(Engines.SILENT).executor(Runnable::run);
  }

  @AfterEach void close() {
    opened.forEach(Engine::close);
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().equals("qcache-upkeep")).toList();
  }

  // In real time: what is awaited is the change

  @Test void aKey_goesOnTime_withoutTraffic() {
    Engine engine = open(realTime());
    engine.subscribe(recorder, 10);
    long begin = engine.nowMillis();
    set(engine.database(0), "far", "x", begin + 3_600_000);
    set(engine.database(0), "near", "x", begin + 50);
    recorder.await(6);
    assertThat(recorder.await(1)).containsExactly("0 near expired EXPIRED");
    assertThat(engine.nowMillis()).isGreaterThanOrEqualTo(begin + 50);
    assertThat(KeyOps.size(engine.database(0))).isEqualTo(1);
    assertThat(engine.expiredKeys()).isEqualTo(1);
  }

  @Test void aShortenedDeadline_isMet() {
    Engine engine = open(realTime());
    Database db = engine.database(0);
    set(db, "k", "x", engine.nowMillis() + 3_600_000);
    engine.upkeep(); // the thread's view of what comes next is an hour away
    engine.subscribe(recorder, 10);
    KeyOps.expire(db, slice("k"), engine.nowMillis() + 500, 0);
    assertThat(recorder.await(2)).containsExactly("0 k expire WRITTEN", "0 k expired EXPIRED");
  }

  @Test void aDeadlineMadeWithinATransaction_isMet() {
    Engine engine = open(realTime());
    engine.subscribe(recorder, 10);
    try (var held = engine.plan().all().acquire()) {
      set(engine.database(5), "a", "x", engine.nowMillis() + 20);
    }
    assertThat(recorder.await(4)).endsWith("5 a expired EXPIRED");
  }

  @Test void manyDeadlines_eachStripeAndDatabase_areAllMet() {
    Engine engine = open(realTime());
    engine.subscribe(recorder, 10_000);
    long now = engine.nowMillis();
    for (int i = 0; i < 300; i++) {
      set(engine.database(i % 16), "k" + i, "x", now + 20 + i % 40);
    }
    assertThat(recorder.await(300 * 4)).filteredOn(each -> each.endsWith("EXPIRED")).hasSize(300);
  }

  @Test void aFakeClockThatJumps_isFollowed() {
    Engine engine = withFakeClock();
    set(engine.database(0), "k", "x", FakeClock.START + Duration.ofDays(300).toMillis());
    engine.subscribe(recorder, 10);
    clock.step(Duration.ofDays(365));
    assertThat(recorder.await(1)).containsExactly("0 k expired EXPIRED");
  }

  @Test void aClockThatGoesBack_lengthensNoLifeThatIsOver() {
    Engine engine = withFakeClock();
    set(engine.database(0), "k", "x", FakeClock.START + 10);
    clock.step(10);
    engine.upkeep();
    clock.step(-10);
    assertThat(get(engine.database(0), "k")).isNull();
  }

  // By hand

  @Test void upkeep_saysWhenThereIsMoreToDo() {
    Engine engine = withFakeClock();
    Database db = engine.database(0);
    assertThat(engine.upkeep()).isEqualTo(Deadline.NONE);
    set(db, "a", "x", FakeClock.START + 10);
    set(db, "b", "x", FakeClock.START + 20);
    set(engine.database(9), "c", "x", FakeClock.START + 15);
    assertThat(engine.upkeep()).isEqualTo(FakeClock.START + 10);
    clock.step(9);
    assertThat(engine.upkeep()).isEqualTo(FakeClock.START + 10);
    assertThat(KeyOps.size(db)).as("not a millisecond early").isEqualTo(2);
    clock.step(1);
    assertThat(engine.upkeep()).isEqualTo(FakeClock.START + 15);
    clock.step(100);
    assertThat(engine.upkeep()).isEqualTo(Deadline.NONE);
    assertThat(KeyOps.size(db)).isZero();
  }

  @Test void overwriting_takesTheDeadlineAway_orKeepsIt() {
    Engine engine = withFakeClock();
    Database db = engine.database(0);
    for (String key : List.of("plain", "kept", "later", "persisted", "renamed", "appended")) {
      set(db, key, "1", FakeClock.START + 10);
    }
    set(db, "plain", "2");
    set(db, "kept", "2", Deadline.KEEP);
    set(db, "later", "2", FakeClock.START + 20);
    KeyOps.persist(db, slice("persisted"));
    KeyOps.rename(db, slice("renamed"), slice("new name"), false);
    io.qcache.engine.StringOps.append(db, slice("appended"), slice("2"));
    clock.step(10);
    assertThat(engine.upkeep()).isEqualTo(FakeClock.START + 20);
    assertThat(KeyOps.size(db)).isEqualTo(3);
    assertThat(get(db, "plain")).isEqualTo("2");
    assertThat(get(db, "later")).isEqualTo("2");
    assertThat(get(db, "persisted")).isEqualTo("1");
  }

  @Test void databasesThatAreSwappedOrCleared_takeTheirDeadlinesAlong() {
    Engine engine = withFakeClock();
    set(engine.database(0), "k", "x", FakeClock.START + 10);
    KeyOps.swap(engine.database(0), engine.database(1));
    set(engine.database(2), "k", "x", FakeClock.START + 5);
    KeyOps.clear(engine.database(2));
    assertThat(engine.upkeep()).isEqualTo(FakeClock.START + 10);
    clock.step(10);
    engine.upkeep();
    assertThat(KeyOps.size(engine.database(1))).isZero();
  }

  @Test void moreThanASlice_goesInOneUpkeep() {
    Engine engine = open(Engines.settings(1, clock));
    for (int i = 0; i < 3_500; i++) {
      set(engine.database(i % 2), "k" + i, "x", FakeClock.START + 1 + i % 7);
    }
    clock.step(7);
    assertThat(engine.upkeep()).isEqualTo(Deadline.NONE);
    assertThat(KeyOps.size(engine.database(0)) + KeyOps.size(engine.database(1))).isZero();
    assertThat(engine.expiredKeys()).isEqualTo(3_500);
  }

  // The thread

  @Test void severalCaches_shareOneDaemonThread_thatGoesWithTheLast() throws Exception {
    for (int i = 0; i < 5; i++) {
      Engine engine = open(realTime());
      set(engine.database(0), "k", "x", engine.nowMillis() + 3_600_000);
    }
    assertThat(threads()).hasSize(1).allMatch(Thread::isDaemon);
    Thread thread = threads().get(0);
    opened.forEach(Engine::close);
    awaitEnd(thread); // other tests may have forgotten to close theirs
    Engine engine = open(realTime());
    engine.subscribe(recorder, 10);
    set(engine.database(0), "k", "x", engine.nowMillis() + 10);
    assertThat(recorder.await(4)).as("and comes again").endsWith("0 k expired EXPIRED");
    assertThat(threads()).hasSize(1).doesNotContain(thread);
  }

  private void awaitEnd(Thread thread) throws InterruptedException {
    for (int i = 0; i < 100 && thread.isAlive(); i++) {
      System.gc();
      Engine nudge = open(realTime());
      nudge.close(); // makes the thread look at whom it has
      thread.join(100);
    }
    assertThat(thread.isAlive()).isFalse();
  }

  @Test void aCacheWithoutDeadlines_needsNoThread() throws Exception {
    for (Thread thread : threads()) {
      awaitEnd(thread);
    }
    Engine engine = open(realTime());
    set(engine.database(0), "k", "x");
    set(engine.database(0), "k", "x", Deadline.KEEP);
    KeyOps.clear(engine.database(0));
    assertThat(threads()).isEmpty();
  }

  @Test void aForgottenCache_isCollected_thoughItHasDeadlines() {
    WeakReference<Engine> forgotten = forgotten();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (forgotten.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(forgotten.get()).isNull();
  }

  private static WeakReference<Engine> forgotten() {
    Engine engine = Engine.open(realTime());
    set(engine.database(0), "k", "x", engine.nowMillis() + 3_600_000);
    return new WeakReference<>(engine);
  }

  @Test void aFullListenerOfOne_holdsUpNeitherItsExpiry_norThatOfOthers() {
    ByHand byHand = new ByHand();
    Engine slow = open(realTime().executor(byHand));
    Recorder ofSlow = new Recorder();
    set(slow.database(0), "first", "x", slow.nowMillis() + 500);
    for (int i = 0; i < 50; i++) {
      set(slow.database(0), "k" + i, "x", slow.nowMillis() + 500);
    }
    slow.subscribe(ofSlow, 3);
    Engine other = open(realTime());
    other.subscribe(recorder, 10);
    set(other.database(0), "k", "x", other.nowMillis() + 700);
    assertThat(recorder.await(4)).endsWith("0 k expired EXPIRED");
    assertThat(KeyOps.size(slow.database(0))).isZero();
    byHand.run();
    assertThat(ofSlow.take()).as("three fitted").hasSize(4).last().isEqualTo("missed 48");
  }

  @Test void whatFailsInOne_isLogged_andTheOthersGoOn() {
    AtomicBoolean fails = new AtomicBoolean();
    AtomicReference<String> logged = new AtomicReference<>();
    FakeClock broken = new FakeClock();
    Engine failing = open(new Engine.Settings().stripes(1).log((level, message) -> {
      logged.set(level + " " + message);
      throw new IllegalStateException("the log, too");
    }).clock(() -> {
      if (fails.get() && Thread.currentThread().getName().equals("qcache-upkeep")) {
        throw new IllegalStateException("no time");
      }
      return broken.instant();
    }));
    fails.set(true);
    set(failing.database(0), "k", "x", FakeClock.START + 10);
    Engine other = open(realTime());
    other.subscribe(recorder, 10);
    set(other.database(0), "k", "x", other.nowMillis() + 50);
    assertThat(recorder.await(4)).endsWith("0 k expired EXPIRED");
    assertThat(logged.get()).startsWith("ERROR upkeep failed").contains("no time");
  }

  @Test void anInterruptedThread_goesOn() {
    Engine engine = open(realTime());
    engine.subscribe(new ChangeListener() {
      @Override public void changed(Change change) {
        recorder.changed(change);
        if (Thread.currentThread().getName().equals("qcache-upkeep")) {
          Thread.currentThread().interrupt(); // a listener may do anything
        }
      }

      @Override public void missed(long count) {
      }
    }, 100);
    Database db = engine.database(0);
    set(db, "a", "x", engine.nowMillis() + 10);
    recorder.await(4);
    set(db, "b", "x", engine.nowMillis() + 30);
    assertThat(recorder.await(4)).endsWith("0 b expired EXPIRED");
  }

  @Test void aClosedEngine_isNotLookedAtAgain() throws Exception {
    Engine engine = withFakeClock();
    engine.close();
    set(engine.database(0), "k", "x", FakeClock.START + 10);
    Upkeep.wake(engine); // as a writer may that was under way
    Engine other = open(realTime());
    Recorder ofOther = new Recorder();
    other.subscribe(ofOther, 10);
    clock.step(20);
    set(other.database(0), "k", "x", other.nowMillis() + 30);
    ofOther.await(4);
    assertThat(KeyOps.size(engine.database(0))).isEqualTo(1);
    other.close();
    for (Thread thread : threads()) {
      awaitEnd(thread);
    }
  }
}
