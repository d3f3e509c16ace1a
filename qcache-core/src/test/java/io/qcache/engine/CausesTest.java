package io.qcache.engine;

import static io.qcache.engine.Engines.get;
import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.engine.Engines.Recorder;
import io.qcache.engine.StringOps.If;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which changes each operation makes, in Redis's order, and why: what it leaves alone it does not mention. */
class CausesTest {
  private static final long LATER = FakeClock.START + 1_000;
  private static final long PAST = FakeClock.START - 1_000;

  private final FakeClock clock = new FakeClock();
  private final Recorder recorder = new Recorder();
  private final Engine engine = Engine.open(Engines.settings(1, clock).executor(Runnable::run));
  private final Database db = engine.database(0);
  private final Database other = engine.database(1);
  private final ValueList ignored = new ValueList();

  @BeforeEach void oneKey() {
    set(db, "k", "1");
    engine.subscribe(recorder, 1_000);
  }

  @AfterEach void close() {
    engine.close();
  }

  private void changes(Runnable operation, String... expected) {
    operation.run();
    assertThat(recorder.await(expected.length)).containsExactly(expected); // the upkeep thread may be handing over
  }

  @Test void set_writesOrReplaces() {
    changes(() -> set(db, "n", "1"), "0 n new WRITTEN", "0 n set WRITTEN");
    changes(() -> set(db, "n", "2", LATER), "0 n set REPLACED", "0 n expire WRITTEN");
    changes(() -> set(db, "n", "3", Deadline.KEEP), "0 n set REPLACED");
    changes(() -> StringOps.set(db, slice("n"), slice("4"), If.ABSENT, Deadline.NONE, null));
    changes(() -> StringOps.set(db, slice("none"), slice("4"), If.PRESENT, Deadline.NONE, null));
    changes(() -> StringOps.set(db, slice("n"), slice("4"), If.PRESENT, Deadline.NONE, ignored), "0 n set REPLACED");
  }

  @Test void setAll_writesEach() {
    changes(() -> StringOps.setAll(db, slices("k", "2", "n", "1", "n", "2"), 0),
        "0 k set REPLACED", "0 n new WRITTEN", "0 n set WRITTEN", "0 n set REPLACED");
    changes(() -> StringOps.setAllIfAbsent(db, slices("m", "1", "k", "1"), 0));
    changes(() -> StringOps.setAllIfAbsent(db, slices("m", "1"), 0), "0 m new WRITTEN", "0 m set WRITTEN");
  }

  @Test void changesInPlace_areWritten() {
    changes(() -> StringOps.append(db, slice("k"), slice("0")), "0 k append WRITTEN");
    changes(() -> StringOps.append(db, slice("a"), slice("0")), "0 a new WRITTEN", "0 a append WRITTEN");
    changes(() -> StringOps.setRange(db, slice("k"), 1, slice("5")), "0 k setrange WRITTEN");
    changes(() -> StringOps.setRange(db, slice("k"), 1, slice("")));
    changes(() -> StringOps.setRange(db, slice("r"), 1, slice("")));
    changes(() -> StringOps.setRange(db, slice("r"), 1, slice("x")), "0 r new WRITTEN", "0 r setrange WRITTEN");
    changes(() -> StringOps.increment(db, slice("k"), 2), "0 k incrby WRITTEN");
    changes(() -> StringOps.decrement(db, slice("k"), 2), "0 k incrby WRITTEN");
    changes(() -> StringOps.increment(db, slice("i"), 2), "0 i new WRITTEN", "0 i incrby WRITTEN");
    changes(() -> StringOps.incrementFloat(db, slice("k"), slice("0.5"), ignored), "0 k incrbyfloat WRITTEN");
  }

  @Test void whatFails_changesNothing() {
    set(db, "text", "abc", LATER);
    recorder.await(3);
    assertThatThrownBy(() -> StringOps.increment(db, slice("text"), 1)).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.increment(db, slice("k"), Long.MAX_VALUE)).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.decrement(db, slice("k"), Long.MIN_VALUE)).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.incrementFloat(db, slice("text"), slice("1"), ignored))
        .isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.incrementFloat(db, slice("n"), slice("x"), ignored)).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.incrementFloat(db, slice("n"), slice("inf"), ignored))
        .isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.setRange(db, slice("n"), -1, slice("x"))).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.setRange(db, slice("n"), Long.MAX_VALUE, slice("x"))).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.setRange(db, slice("n"), 512L << 20, slice("x"))).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> KeyOps.rename(db, slice("n"), slice("k"), false)).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> KeyOps.copy(db, slice("k"), db, slice("k"), true)).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> KeyOps.move(db, slice("k"), db)).isInstanceOf(Signal.class);
    engine.maxStringBytes(3);
    assertThatThrownBy(() -> StringOps.append(db, slice("text"), slice("d"))).isInstanceOf(Signal.class);
    assertThat(recorder.take()).isEmpty();
    assertThat(get(db, "text")).isEqualTo("abc");
    assertThat(get(db, "k")).isEqualTo("1");
    assertThat(KeyOps.deadline(db, slice("text"))).isEqualTo(LATER);
    assertThat(KeyOps.size(db)).isEqualTo(2);
  }

  @Test void reads_changeNothing() {
    changes(() -> {
      get(db, "k");
      StringOps.getAll(db, slices("k", "n"), 0, ignored);
      StringOps.getRange(db, slice("k"), 0, -1, ignored);
      StringOps.length(db, slice("k"));
      StringOps.getAndExpire(db, slice("k"), Deadline.KEEP, ignored);
      KeyOps.exists(db, slices("k", "n"), 0);
      KeyOps.touch(db, slices("k", "n"), 0);
      KeyOps.random(db, ignored);
      KeyOps.scan(db, 0, 10, null, null, ignored);
      KeyOps.matching(db, new Glob("*".getBytes()), ignored);
      KeyOps.deadline(db, slice("k"));
      KeyOps.type(db, slice("k"));
    });
  }

  @Test void deletions_sayWhoDidIt() {
    changes(() -> KeyOps.delete(db, slices("n"), 0));
    changes(() -> KeyOps.delete(db, slices("k", "n", "k"), 0), "0 k del DELETED");
    set(db, "g", "1");
    recorder.await(2);
    changes(() -> StringOps.getAndDelete(db, slice("g"), ignored), "0 g del DELETED");
    changes(() -> StringOps.getAndDelete(db, slice("g"), ignored));
  }

  @Test void deadlines_areWritten_andThoseThatHaveComeDelete() {
    changes(() -> KeyOps.expire(db, slice("k"), LATER, 0), "0 k expire WRITTEN");
    changes(() -> KeyOps.expire(db, slice("k"), LATER, KeyOps.IF_ABSENT));
    changes(() -> KeyOps.persist(db, slice("k")), "0 k persist WRITTEN");
    changes(() -> KeyOps.persist(db, slice("k")));
    changes(() -> StringOps.getAndExpire(db, slice("k"), LATER, ignored), "0 k expire WRITTEN");
    changes(() -> StringOps.getAndExpire(db, slice("k"), Deadline.NONE, ignored), "0 k persist WRITTEN");
    changes(() -> StringOps.getAndExpire(db, slice("k"), Deadline.NONE, ignored));
    changes(() -> StringOps.getAndExpire(db, slice("n"), LATER, ignored));
    changes(() -> KeyOps.expire(db, slice("n"), LATER, 0));
    changes(() -> KeyOps.expire(db, slice("k"), PAST, 0), "0 k del DELETED");
    set(db, "g", "1");
    recorder.await(2);
    changes(() -> StringOps.getAndExpire(db, slice("g"), clock.millis(), ignored), "0 g del DELETED");
  }

  @Test void expiry_isFoundByTheNextWrite_orByUpkeep() {
    set(db, "a", "1", LATER);
    set(db, "b", "1", LATER);
    recorder.await(6);
    KeyOps.persist(db, slice("a")); // upkeep alone would take both
    KeyOps.expire(db, slice("a"), LATER, 0);
    recorder.await(2);
    clock.step(1_000);
    engine.upkeep();
    assertThat(recorder.await(2)).containsExactlyInAnyOrder("0 a expired EXPIRED", "0 b expired EXPIRED");
    set(db, "c", "1", PAST);
    set(db, "c", "2"); // finds it due, unless the upkeep thread came between
    assertThat(recorder.await(6)).containsExactly("0 c new WRITTEN", "0 c set WRITTEN", "0 c expire WRITTEN",
        "0 c expired EXPIRED", "0 c new WRITTEN", "0 c set WRITTEN");
    assertThat(engine.expiredKeys()).isEqualTo(3);
  }

  @Test void fromOneKeyToAnother() {
    set(db, "t", "2");
    recorder.await(2);
    changes(() -> KeyOps.rename(db, slice("k"), slice("k"), false));
    changes(() -> KeyOps.rename(db, slice("k"), slice("t"), true));
    changes(() -> KeyOps.rename(db, slice("k"), slice("t"), false),
        "0 t new WRITTEN", "0 k rename_from DELETED", "0 t rename_to REPLACED");
    changes(() -> KeyOps.rename(db, slice("t"), slice("k"), true),
        "0 k new WRITTEN", "0 t rename_from DELETED", "0 k rename_to WRITTEN");
    changes(() -> KeyOps.copy(db, slice("k"), db, slice("c"), false), "0 c new WRITTEN", "0 c copy_to WRITTEN");
    changes(() -> KeyOps.copy(db, slice("k"), db, slice("c"), false));
    changes(() -> KeyOps.copy(db, slice("k"), db, slice("c"), true), "0 c new WRITTEN", "0 c copy_to REPLACED");
    changes(() -> KeyOps.copy(db, slice("n"), db, slice("c"), true));
    changes(() -> KeyOps.copy(db, slice("k"), other, slice("k"), false), "1 k new WRITTEN", "1 k copy_to WRITTEN");
    changes(() -> KeyOps.move(db, slice("k"), other));
    changes(() -> KeyOps.move(db, slice("c"), other),
        "1 c new WRITTEN", "0 c move_from DELETED", "1 c move_to WRITTEN");
    changes(() -> KeyOps.move(db, slice("c"), other));
  }

  @Test void wholeDatabases_areOneChangeEach() {
    set(other, "o", "1");
    recorder.take();
    changes(() -> KeyOps.swap(db, other), "0  swap WRITTEN", "1  swap WRITTEN");
    changes(() -> KeyOps.swap(db, db));
    changes(() -> KeyOps.clear(db), "0  flush DELETED");
    changes(() -> KeyOps.clear(db));
    set(db, "x", "1");
    recorder.take();
    changes(() -> KeyOps.clearAll(engine), "0  flush DELETED", "1  flush DELETED");
  }

  @Test void theLettersAndNames_areRedis() {
    assertThat(Event.SET.group()).isEqualTo('$');
    assertThat(Event.DEL.group()).isEqualTo('g');
    assertThat(Event.EXPIRED.group()).isEqualTo('x');
    assertThat(Event.NEW.group()).isEqualTo('n');
    assertThat(Event.MOVE_FROM.wireName()).isEqualTo("move_from");
    assertThat(Event.valueOf("SETRANGE").group()).isEqualTo('$');
  }
}
