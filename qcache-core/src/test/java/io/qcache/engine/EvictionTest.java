package io.qcache.engine;

import static io.qcache.engine.Engines.get;
import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.EvictionPolicy;
import io.qcache.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvictionTest {
  private final FakeClock clock = new FakeClock();

  private Engine open(long bound, EvictionPolicy policy) {
    return Engine.open(Engines.settings(4, clock).random(new Random(7)).maxBytes(bound).evictionPolicy(policy));
  }

  private static long slack(Engine engine) {
    return (long) engine.stripes() * engine.pageBytes();
  }

  @ParameterizedTest @EnumSource(EvictionPolicy.class)
  void theBoundHolds_afterEveryWrite_whateverComes(EvictionPolicy policy) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Engine engine = open(1 << 20, policy);
    int refused = 0;
    for (int i = 0; i < 40_000; i++) {
      Database db = engine.database(random.nextInt(3));
      String key = "key" + random.nextInt(1 + i);
      Slice value = new Slice().wrap(new byte[random.nextInt(random.nextInt(50) == 0 ? 50_000 : 300)]);
      long deadline = random.nextInt(3) == 0 ? Deadline.NONE : clock.millis() + 1 + random.nextInt(100_000);
      try {
        switch (random.nextInt(8)) {
          case 0 -> get(db, key);
          case 1 -> KeyOps.delete(db, slices(key), 0);
          case 2 -> StringOps.append(db, slice(key), value);
          default -> StringOps.set(db, slice(key), value, StringOps.If.ALWAYS, deadline, null);
        }
      } catch (Signal full) {
        refused++;
      }
      long most = engine.memory().maxBytes() + slack(engine) + (policy.isVolatileOnly() || policy == EvictionPolicy.NOEVICTION ? 60_000 : 0);
      assertThat(engine.memory().usedBytes()).as("seed " + seed).isLessThanOrEqualTo(most);
      clock.step(random.nextInt(20) == 0 ? 100 : 0);
    }
    assertThat(engine.memory().usedBytes()).as("seed " + seed).isGreaterThan(engine.memory().maxBytes() / 10 * 8);
    assertThat(engine.evictedKeys() > 0).isEqualTo(policy != EvictionPolicy.NOEVICTION);
    if (!policy.isVolatileOnly() && policy != EvictionPolicy.NOEVICTION) {
      assertThat(refused).isZero();
    }
  }

  @ParameterizedTest @EnumSource(EvictionPolicy.class)
  void volatilePolicies_dropNoKeyWithoutADeadline_andRefuseWhereThereIsNoOther(EvictionPolicy policy) {
    Engine engine = open(1 << 20, policy);
    Database db = engine.database(0);
    String value = "x".repeat(90);
    for (int i = 0; i < 2_000; i++) {
      set(db, "lasting" + i, value);
    }
    for (int i = 0; i < 20_000 && policy != EvictionPolicy.NOEVICTION; i++) {
      set(db, "fleeting" + i, value, clock.millis() + 1_000_000);
    }
    int left = 0;
    for (int i = 0; i < 2_000; i++) {
      left += get(db, "lasting" + i) == null ? 0 : 1;
    }
    if (policy.isVolatileOnly() || policy == EvictionPolicy.NOEVICTION) {
      assertThat(left).isEqualTo(2_000);
      assertThatThrownBy(() -> {
        for (int i = 0; i < 20_000; i++) {
          set(db, "more" + i, value);
        }
      }).isInstanceOf(Signal.class);
      assertThat(KeyOps.sizeWithDeadline(db)).as("all were dropped before one was refused").isZero();
    } else {
      assertThat(left).isLessThan(2_000);
    }
  }

  @Test void theNearestDeadlines_areDroppedFirst() {
    Engine engine = open(1 << 20, EvictionPolicy.VOLATILE_TTL);
    Database db = engine.database(0);
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      boolean near = random.nextBoolean();
      set(db, (near ? "near" : "far") + i, "x".repeat(50), clock.millis() + (near ? 100_000 : 900_000) + random.nextInt(1_000));
    }
    int near = 0;
    int far = 0;
    for (int i = 0; i < 20_000; i++) {
      near += get(db, "near" + i) == null ? 0 : 1;
      far += get(db, "far" + i) == null ? 0 : 1;
    }
    assertThat(far).isGreaterThan(5 * near);
  }

  @ParameterizedTest @ValueSource(strings = {"ALLKEYS_LRU", "VOLATILE_LFU"})
  void whatIsUsed_stays(EvictionPolicy policy) {
    Engine engine = open(1 << 20, policy);
    Database db = engine.database(0);
    Database unseen = db.touching(false);
    int kept = 0;
    int keptUnseen = 0;
    for (int i = 0; i < 100; i++) {
      set(db, "used" + i, "x".repeat(50), clock.millis() + 1_000_000);
      set(db, "unseen" + i, "x".repeat(50), clock.millis() + 1_000_000);
    }
    for (int i = 0; i < 100_000; i++) {
      set(db, "once" + i, "x".repeat(50), clock.millis() + 1_000_000);
      get(db, "used" + i % 100);
      get(unseen, "unseen" + i % 100);
    }
    for (int i = 0; i < 100; i++) {
      kept += get(db, "used" + i) == null ? 0 : 1;
      keptUnseen += get(db, "unseen" + i) == null ? 0 : 1;
    }
    assertThat(kept).isEqualTo(100);
    assertThat(keptUnseen).as("read by one whose reads do not count").isLessThan(90);
  }

  @Test void aValueOfAFifthOfTheBound_andManySmallOnes_shareIt() {
    Engine engine = open(64 << 20, EvictionPolicy.ALLKEYS_LRU);
    Slice huge = new Slice().wrap(new byte[13 << 20]);
    for (int i = 0; i < 16; i++) {
      StringOps.set(engine.database(i), slice("huge"), huge, StringOps.If.ALWAYS, Deadline.NONE, null);
      assertThat(StringOps.length(engine.database(i), slice("huge"))).isEqualTo(13 << 20);
      for (int k = 0; k < 20_000; k++) {
        set(engine.database(k % 16), "small" + i + ":" + k, "value");
      }
      assertThat(engine.memory().usedBytes()).isLessThanOrEqualTo((64 << 20) + slack(engine));
    }
    assertThat(engine.memory().usedBytes()).isGreaterThan(50 << 20);
    assertThatThrownBy(() -> StringOps.set(engine.database(0), slice("k"), new Slice().wrap(new byte[65 << 20]),
        StringOps.If.ALWAYS, Deadline.NONE, null)).isInstanceOf(Signal.class);
  }

  @Test void aLoweredBound_isReachedByUpkeep_inSteps() {
    Engine engine = open(8 << 20, EvictionPolicy.ALLKEYS_LFU);
    Database db = engine.database(0);
    for (int i = 0; i < 60_000; i++) {
      set(db, "key" + i, "x".repeat(80));
    }
    engine.rest(this, Long.MAX_VALUE); // upkeep, which would begin when it likes
    engine.memory().maxBytes(2 << 20);
    long before = engine.memory().usedBytes();
    set(db, "one", "more");
    assertThat(before - engine.memory().usedBytes()).as("not all by one write").isBetween(1L, 4L << 20);
    engine.rest(this, Engine.NO_REST);
    while (engine.upkeep() <= clock.millis()) {
      assertThat(engine.memory().usedBytes()).isLessThan(before);
    }
    assertThat(engine.memory().usedBytes()).isLessThanOrEqualTo((2 << 20) + slack(engine));
    assertThat(get(db, "one")).isEqualTo("more");
  }

  @Test void whatIsEvicted_isToldWithItsCause_andFlagsWatches() throws Exception {
    Engine engine = Engine.open(Engines.settings(1, clock).maxBytes(256 << 10).evictionPolicy(EvictionPolicy.ALLKEYS_LRU)
        .executor(Runnable::run));
    Database db = engine.database(0);
    List<Change> evicted = new ArrayList<>();
    set(db, "watched", "value");
    Watch watch = engine.watch();
    watch.add(db, slice("watched"));
    AtomicBoolean wrong = new AtomicBoolean();
    try (AutoCloseable subscription = engine.subscribe(new ChangeListener() {
      @Override public void changed(Change change) {
        if (change.event() == Event.EVICTED) {
          wrong.compareAndSet(false, change.cause() != Cause.EVICTED);
          evicted.add(change);
        }
      }

      @Override public void missed(long count) {}
    }, 1 << 20)) {
      for (int i = 0; i < 20_000; i++) {
        set(db, "key" + i, "value");
      }
    }
    assertThat(evicted).hasSize((int) engine.evictedKeys()).isNotEmpty();
    assertThat(wrong).isFalse();
    assertThat(get(db, "watched")).isNull();
    assertThat(watch.isFlagged()).isTrue();
  }

  @Test void nothingIsEvicted_whileAPlanIsHeld() {
    Engine engine = open(256 << 10, EvictionPolicy.ALLKEYS_RANDOM);
    Database db = engine.database(0);
    for (int i = 0; i < 10_000; i++) {
      set(db, "key" + i, "value");
    }
    long evicted = engine.evictedKeys();
    try (Plan all = engine.plan().all().bringing(0).acquire()) {
      long before = engine.evictedKeys();
      for (int i = 0; i < 5_000; i++) {
        StringOps.set(db, slice("more" + i), slice("value"), StringOps.If.ALWAYS, Deadline.NONE, null);
      }
      assertThat(engine.evictedKeys()).isEqualTo(before);
    }
    assertThat(engine.evictedKeys()).isGreaterThan(evicted);
    assertThat(engine.memory().usedBytes()).as("the surplus went with the plan").isLessThanOrEqualTo((256 << 10) + slack(engine));
  }

  @Test void hitsAndMisses_areCounted() {
    Engine engine = open(1 << 20, EvictionPolicy.NOEVICTION);
    Database db = engine.database(0);
    set(db, "a", "");
    get(db, "a");
    get(db, "b");
    StringOps.length(db, slice("a"));
    StringOps.getAll(db, slices("a", "b", "c"), 0, new ValueList());
    KeyOps.exists(db, slices("a", "a", "b"), 0);
    assertThat(engine.hits()).isEqualTo(5);
    assertThat(engine.misses()).isEqualTo(4);
  }

  @Test void whatIsOnAccount_isSettled_onEveryWayOut() throws Exception {
    Engine engine = open(8 << 20, EvictionPolicy.ALLKEYS_LRU);
    Database db = engine.database(0);
    Slice large = new Slice().wrap(new byte[100_000]);
    StringOps.set(db, slice("plain"), large, StringOps.If.ALWAYS, Deadline.NONE, null);
    StringOps.set(db, slice("plain"), large, StringOps.If.ABSENT, Deadline.NONE, null);
    LoadWatch watch = new LoadWatch(db, slice("loaded"));
    assertThat(watch.addIfMissing(new ValueList())).isTrue();
    watch.setUnlessTouched(large, Deadline.NONE, () -> {}); // a hold within a hold
    Slices pairs = new Slices();
    pairs.add("pair".getBytes());
    pairs.add(new byte[100_000]);
    StringOps.setAll(db, pairs, 0);
    assertThatThrownBy(() -> StringOps.increment(db, slice("plain"), 1)).isInstanceOf(Signal.class);
    assertThatThrownBy(() -> StringOps.set(db, slice("k"), new Slice().wrap(new byte[9 << 20]), StringOps.If.ALWAYS,
        Deadline.NONE, null)).isInstanceOf(Signal.class);
    assertThat(engine.memory().onAccount()).isZero();
    assertThat(StringOps.length(db, slice("loaded"))).isEqualTo(100_000);
  }
}
