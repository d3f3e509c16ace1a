package io.qcache.engine;

import static io.qcache.engine.Engines.keyIn;
import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchTest {
  private static final long LATER = FakeClock.START + 1_000;

  private final FakeClock clock = new FakeClock();
  private final Engine engine = Engine.open(Engines.settings(4, clock));
  private final Database db = engine.database(0);
  private final Database other = engine.database(1);

  private Watch watch(String key) {
    Watch watch = engine.watch();
    watch.add(db, slice(key));
    return watch;
  }

  private boolean isTouched(Watch watch) {
    try (Plan plan = engine.plan()) {
      watch.addTo(plan);
      plan.acquire();
      return watch.isTouched();
    }
  }

  private interface Operation {
    void run(WatchTest test);
  }

  private static final Map<String, Operation> CHANGES = new TreeMap<>(Map.ofEntries(
      Map.entry("set", test -> set(test.db, "k", "1")),
      Map.entry("set of the same value", test -> set(test.db, "k", "0", LATER)),
      Map.entry("setAll", test -> StringOps.setAll(test.db, slices("x", "1", "k", "1"), 0)),
      Map.entry("append of nothing", test -> StringOps.append(test.db, slice("k"), slice(""))),
      Map.entry("setRange", test -> StringOps.setRange(test.db, slice("k"), 0, slice("x"))),
      Map.entry("increment", test -> StringOps.increment(test.db, slice("k"), 0)),
      Map.entry("incrementFloat", test -> StringOps.incrementFloat(test.db, slice("k"), slice("0"), new ValueList())),
      Map.entry("delete", test -> KeyOps.delete(test.db, slices("k"), 0)),
      Map.entry("getAndDelete", test -> StringOps.getAndDelete(test.db, slice("k"), new ValueList())),
      Map.entry("getAndExpire", test -> StringOps.getAndExpire(test.db, slice("k"), LATER + 1, new ValueList())),
      Map.entry("expire", test -> KeyOps.expire(test.db, slice("k"), LATER, 0)),
      Map.entry("expire in the past", test -> KeyOps.expire(test.db, slice("k"), 0, 0)),
      Map.entry("persist", test -> KeyOps.persist(test.db, slice("k"))),
      Map.entry("rename from", test -> KeyOps.rename(test.db, slice("k"), slice("n"), false)),
      Map.entry("rename to", test -> KeyOps.rename(test.db, slice("o"), slice("k"), false)),
      Map.entry("copy to", test -> KeyOps.copy(test.db, slice("o"), test.db, slice("k"), true)),
      Map.entry("move", test -> KeyOps.move(test.db, slice("k"), test.other)),
      Map.entry("clear", test -> KeyOps.clear(test.db)),
      Map.entry("clearAll", test -> KeyOps.clearAll(test.engine)),
      Map.entry("swap", test -> KeyOps.swap(test.other, test.db)),
      Map.entry("its time comes", test -> test.clock.step(1_000)),
      Map.entry("upkeep takes it", test -> {
        test.clock.step(1_000);
        test.engine.upkeep();
      })));

  private static final Map<String, Operation> OTHERS = new TreeMap<>(Map.ofEntries(
      Map.entry("get", test -> Engines.get(test.db, "k")),
      Map.entry("getAndExpire that keeps", test ->
          StringOps.getAndExpire(test.db, slice("k"), Deadline.KEEP, new ValueList())),
      Map.entry("set if absent", test ->
          StringOps.set(test.db, slice("k"), slice("1"), StringOps.If.ABSENT, Deadline.NONE, null)),
      Map.entry("setRange of nothing", test -> StringOps.setRange(test.db, slice("k"), 0, slice(""))),
      Map.entry("copy from", test -> KeyOps.copy(test.db, slice("k"), test.db, slice("n"), true)),
      Map.entry("copy refused", test -> KeyOps.copy(test.db, slice("o"), test.db, slice("k"), false)),
      Map.entry("rename to itself", test -> KeyOps.rename(test.db, slice("k"), slice("k"), false)),
      Map.entry("expire refused", test -> KeyOps.expire(test.db, slice("k"), LATER, KeyOps.IF_ABSENT)),
      Map.entry("another key", test -> set(test.db, "o", "1")),
      Map.entry("the key elsewhere", test -> set(test.other, "k", "1")),
      Map.entry("clear elsewhere", test -> KeyOps.clear(test.other)),
      Map.entry("swap elsewhere", test -> KeyOps.swap(test.other, test.engine.database(2))),
      Map.entry("the clock", test -> test.clock.step(999))));

  static Iterable<String> changes() {
    return CHANGES.keySet();
  }

  static Iterable<String> others() {
    return OTHERS.keySet();
  }

  private Watch watchAmongOthers() {
    set(db, "k", "0", LATER);
    set(db, "o", "0");
    return watch("k");
  }

  @ParameterizedTest @MethodSource("changes")
  void aChangeOfTheKey_touchesItsWatch(String name) {
    Watch watch = watchAmongOthers();
    Watch second = watch("k");
    CHANGES.get(name).run(this);
    assertThat(isTouched(watch)).isTrue();
    assertThat(isTouched(second)).isTrue();
  }

  @ParameterizedTest @MethodSource("changes")
  void whoWatchesNoMore_isNotTouched(String name) {
    Watch watch = watchAmongOthers();
    watch.clear();
    CHANGES.get(name).run(this);
    assertThat(watch.isTouched()).isFalse();
  }

  @ParameterizedTest @MethodSource("others")
  void whatIsNoChangeOfTheKey_leavesItsWatchAlone(String name) {
    Watch watch = watchAmongOthers();
    OTHERS.get(name).run(this);
    assertThat(isTouched(watch)).isFalse();
  }

  @Test void aMissingKey_isTouchedWhenItComes_andNotByAFlush() {
    Watch missing = watch("k");
    Watch empty = watch("");
    for (int stripe = 0; stripe < 4; stripe++) {
      set(db, keyIn(engine, stripe, "x"), "1");
    }
    KeyOps.clear(db);
    KeyOps.clearAll(engine);
    KeyOps.swap(db, other);
    assertThat(isTouched(missing)).isFalse();
    assertThat(isTouched(empty)).as("the empty key, which a flush names").isFalse();
    set(other, "k", "1");
    KeyOps.swap(db, other);
    assertThat(isTouched(missing)).as("by the swap that brought it").isTrue();
  }

  @Test void theEmptyKey_ofAnEngineWithOneStripe_isNotTouchedByAFlushEither() {
    Engine one = Engines.open(1);
    Database only = one.database(0);
    Watch watch = one.watch();
    watch.add(only, slice(""));
    set(only, "x", "1");
    KeyOps.clear(only);
    KeyOps.swap(only, one.database(1));
    try (Plan held = one.plan().all().acquire()) {
      assertThat(watch.isTouched()).isFalse();
      set(only, "", "1");
      assertThat(watch.isTouched()).isTrue();
    }
  }

  @Test void aKeyThatWasDueWhenWatched_isMissing_andItsEndIsNoChange() {
    set(db, "k", "1", LATER);
    clock.step(1_000);
    Watch watch = watch("k");
    engine.upkeep();
    assertThat(isTouched(watch)).isFalse();
    set(db, "k", "2");
    assertThat(isTouched(watch)).isTrue();
  }

  @Test void aWatch_canBeUsedAgain() {
    Watch watch = watchAmongOthers();
    watch.add(db, slice("k"));
    watch.add(other, slice("k"));
    set(db, "k", "1");
    assertThat(isTouched(watch)).isTrue();
    watch.clear();
    assertThat(watch.isEmpty()).isTrue();
    watch.add(db, slice("o"));
    assertThat(watch.isEmpty()).isFalse();
    set(db, "k", "2");
    set(other, "k", "2");
    assertThat(isTouched(watch)).isFalse();
    set(db, "o", "2");
    assertThat(isTouched(watch)).isTrue();
    watch.clear();
    watch.clear();
  }

  /** Redis's WATCH takes no notice of a delete of nothing; what is being loaded must. */
  @Test void aDeleteThatFindsNothing_flagsTheWatchOfALoadAlone() {
    Map<String, Operation> deletes = Map.of(
        "delete", test -> KeyOps.delete(test.db, slices("k"), 0),
        "delete of many", test -> KeyOps.delete(test.db, slices("x", "k"), 0),
        "getAndDelete", test -> StringOps.getAndDelete(test.db, slice("k"), new ValueList()),
        "clear", test -> KeyOps.clear(test.db),
        "clear of all", test -> KeyOps.clearAll(test.engine));
    deletes.forEach((name, delete) -> {
      LoadWatch ofLoad = new LoadWatch(db, slice("k"));
      assertThat(ofLoad.addIfMissing(new ValueList())).isTrue();
      Watch plain = watch("k");
      KeyOps.delete(db, slices("x"), 0);
      KeyOps.clear(other);
      assertThat(ofLoad.isFlagged()).as("before " + name).isFalse();
      delete.run(this);
      assertThat(ofLoad.isFlagged()).as(name).isTrue();
      assertThat(isTouched(plain)).as(name).isFalse();
      ofLoad.end();
      plain.clear();
    });
  }

  @Test void aLoad_leavesTheTableAndWatchesNoMore_inTheHoldThatSetsItsKey() {
    LoadWatch load = new LoadWatch(db, slice("k"));
    assertThat(load.addIfMissing(new ValueList())).isTrue();
    Watch other = watch("k");
    ValueList seen = new ValueList();
    load.setUnlessTouched(slice("v"), Deadline.NONE, () -> StringOps.get(db, slice("k"), seen));
    assertThat(seen.only()).isEqualTo("v".getBytes());
    assertThat(load.isFlagged()).as("who has it in his hands still asks again").isTrue();
    assertThat(isTouched(other)).isTrue();
    load.end(); // once more takes nobody else's away
    other.clear();

    LoadWatch late = new LoadWatch(db, slice("late"));
    assertThat(late.addIfMissing(new ValueList())).isTrue();
    StringOps.set(db, slice("late"), slice("newer"), StringOps.If.ALWAYS, Deadline.NONE, null);
    late.setUnlessTouched(slice("older"), Deadline.NONE, () -> {});
    ValueList kept = new ValueList();
    StringOps.get(db, slice("late"), kept);
    assertThat(kept.only()).isEqualTo("newer".getBytes());
  }
}
