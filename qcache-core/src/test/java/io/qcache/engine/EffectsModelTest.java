package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.BitOperation;
import io.qcache.BitOverflow;
import io.qcache.EvictionPolicy;
import io.qcache.FakeClock;
import io.qcache.ListEnd;
import io.qcache.keyspace.Allocation;
import io.qcache.log.EffectLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What random operations leave, their effects leave too, in an engine with another hash, other stripes and another time. */
class EffectsModelTest {
  private static final int DATABASES = 3;
  private static final String[] KEYS = {"a", "b", "c", "d", "e", "f", "g", "{h}"};

  private final Random random = new Random();
  private final FakeClock clock = new FakeClock();
  private final List<byte[]> units = Collections.synchronizedList(new ArrayList<>());
  private final Sinks sinks = new Sinks();
  private Engine engine;

  /** Takes whatever is read. */
  private static final class Sinks implements ScoredSink {
    @Override public void begin(long members) {}

    @Override public void member(byte[] array, int from, int length, double score) {}
  }

  private void open(Engine.Settings settings) {
    engine = Engine.open(settings.databases(DATABASES));
    engine.effectLog(keeping(units));
  }

  private static EffectLog keeping(List<byte[]> units) {
    return unit -> {
      units.add(Arrays.copyOf(unit.array(), unit.length()));
      unit.clear(false);
      return units.size();
    };
  }

  private Engine replayed() {
    Engine other = Engine.open(new Engine.Settings().databases(DATABASES).stripes(2).clock(clock).log(Engines.SILENT)
        .maxBytes(256 << 20).hashKey(random.nextLong(), random.nextLong()));
    other.loading(true);
    Replay replay = new Replay(other);
    units.forEach(unit -> replay.apply(unit, 0, unit.length));
    return other;
  }

  private Slice key() {
    return Engines.slice(KEYS[random.nextInt(KEYS.length)]);
  }

  private Database db() {
    return engine.database(random.nextInt(10) == 0 ? random.nextInt(DATABASES) : 0);
  }

  private byte[] bytes() {
    switch (random.nextInt(8)) {
      case 0, 1, 2:
        return Integer.toString(random.nextInt(40)).getBytes();
      case 3:
        return new byte[random.nextInt(70)];
      case 4:
        byte[] some = new byte[random.nextInt(random.nextInt(60) == 0 ? 150_000 : 700)];
        random.nextBytes(some);
        return some;
      default:
        return ("m" + random.nextInt(60)).getBytes();
    }
  }

  private Slice value() {
    byte[] bytes = bytes();
    if (bytes.length < 1_000 || random.nextBoolean()) {
      return new Slice().wrap(bytes);
    }
    Parts parts = new Parts(bytes.length);
    parts.add(bytes, 0, bytes.length);
    return new Slice().wrap(parts);
  }

  private Slices values() {
    Slices values = new Slices();
    for (int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 150 : 4); n > 0; n--) {
      values.add(bytes());
    }
    return values;
  }

  private Slices pairs() {
    Slices pairs = values();
    if (pairs.size() % 2 != 0) {
      pairs.add(bytes());
    }
    return pairs;
  }

  private Slices keys() {
    Slices keys = new Slices();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      keys.add(key().array());
    }
    return keys;
  }

  private long deadline() {
    return switch (random.nextInt(4)) {
      case 0 -> Deadline.KEEP;
      case 1 -> clock.millis() + random.nextInt(60) - 3;
      default -> Deadline.NONE;
    };
  }

  private long place() {
    return random.nextInt(20) - 10;
  }

  private ListEnd end() {
    return random.nextBoolean() ? ListEnd.FIRST : ListEnd.LAST;
  }

  private double score() {
    double[] scores = {0, -0.0, 1, 1.5, -3, 1e300, Double.NEGATIVE_INFINITY};
    return random.nextBoolean() ? scores[random.nextInt(scores.length)] : random.nextInt(100);
  }

  private void operation() {
    Database db = db();
    Slice key = key();
    ValueList out = new ValueList();
    switch (random.nextInt(8)) {
      case 0 -> string(db, key, out);
      case 1 -> bits(db, key);
      case 2 -> list(db, key, out);
      case 3 -> hash(db, key, out);
      case 4 -> set(db, key, out);
      case 5 -> scores(db, key);
      default -> key(db, key);
    }
  }

  private void string(Database db, Slice key, ValueList out) {
    switch (random.nextInt(10)) {
      case 0 -> StringOps.append(db, key, value());
      case 1 -> StringOps.setRange(db, key, random.nextInt(random.nextInt(20) == 0 ? 100_000 : 100), value());
      case 2 -> StringOps.increment(db, key, random.nextInt(100) - 50);
      case 3 -> StringOps.incrementFloat(db, key, Engines.slice("0.5"), out);
      case 4 -> StringOps.getAndDelete(db, key, out);
      case 5 -> StringOps.getAndExpire(db, key, deadline(), out);
      case 6 -> StringOps.setAll(db, keyed(), 0);
      case 7 -> StringOps.setAllIfAbsent(db, keyed(), 0);
      default -> StringOps.set(db, key, value(), StringOps.If.values()[random.nextInt(3)], deadline(), null);
    }
  }

  private Slices keyed() {
    Slices pairs = new Slices();
    for (int n = random.nextInt(4); n >= 0; n--) {
      pairs.add(key().array());
      pairs.add(bytes());
    }
    return pairs;
  }

  private void bits(Database db, Slice key) {
    switch (random.nextInt(4)) {
      case 0 -> BitOps.combine(db, BitOperation.values()[random.nextInt(3)], key, keys(), 0);
      case 1 -> {
        BitFields fields = new BitFields();
        fields.write(BitFields.Kind.SET, true, 13, random.nextInt(400), random.nextInt(), BitOverflow.WRAP);
        fields.write(BitFields.Kind.INCREMENT, false, 5, random.nextInt(400), random.nextInt(9), BitOverflow.FAIL);
        BitOps.fields(db, key, fields);
      }
      default -> BitOps.set(db, key, random.nextInt(random.nextInt(20) == 0 ? 1_000_000 : 500), random.nextBoolean());
    }
  }

  private void list(Database db, Slice key, ValueList out) {
    switch (random.nextInt(11)) {
      case 0 -> ListOps.pop(db, key, end(), out);
      case 1 -> ListOps.pop(db, key, end(), random.nextInt(100), out);
      case 2 -> ListOps.popFirst(db, keys(), 0, 1, end(), random.nextInt(5) + 1, out);
      case 3, 4 -> ListOps.move(db, key, end(), key(), end(), out);
      case 5 -> ListOps.set(db, key, place(), value());
      case 6 -> ListOps.insert(db, key, random.nextBoolean(), value(), value());
      case 7 -> ListOps.remove(db, key, value(), 1 + random.nextInt(3), end());
      case 8 -> ListOps.trim(db, key, place(), place());
      default -> ListOps.push(db, key, values(), 0, end(), random.nextInt(4) == 0);
    }
  }

  private void hash(Database db, Slice key, ValueList out) {
    switch (random.nextInt(6)) {
      case 0 -> HashOps.setIfAbsent(db, key, value(), value());
      case 1 -> HashOps.delete(db, key, values(), 0);
      case 2 -> HashOps.increment(db, key, value(), 3);
      case 3 -> HashOps.incrementFloat(db, key, value(), Engines.slice("0.25"), out);
      default -> HashOps.set(db, key, pairs(), 0);
    }
  }

  private Slices integers() {
    Slices values = new Slices();
    for (int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 600 : 4); n > 0; n--) {
      values.add(Integer.toString(random.nextInt(1_000)).getBytes());
    }
    return values;
  }

  private void set(Database db, Slice key, ValueList out) {
    switch (random.nextInt(10)) {
      case 0 -> SetOps.remove(db, key, random.nextBoolean() ? values() : integers(), 0);
      case 1 -> SetOps.move(db, key, key(), value());
      case 2 -> SetOps.pop(db, key, out);
      case 3 -> SetOps.pop(db, key, random.nextInt(100), out);
      case 4 -> SetOps.storeUnion(db, key, keys(), 0);
      case 5 -> SetOps.storeIntersection(db, key, keys(), 0);
      case 6 -> SetOps.storeDifference(db, key, keys(), 0);
      default -> SetOps.add(db, key, random.nextBoolean() ? values() : integers(), 0);
    }
  }

  private void scores(Database db, Slice key) {
    switch (random.nextInt(8)) {
      case 0 -> SortedSetOps.remove(db, key, values(), 0);
      case 1 -> SortedSetOps.remove(db, key, MemberRange.ranks(place(), place()));
      case 2 -> SortedSetOps.remove(db, key, MemberRange.scores(score(), false, score(), false));
      case 3 -> SortedSetOps.pop(db, key, random.nextBoolean(), random.nextInt(20), sinks);
      case 4 -> SortedSetOps.increment(db, key, score(), value(), 0);
      case 5 -> {
        if (random.nextBoolean()) {
          SortedSetOps.store(db, key, key(), MemberRange.ranks(0, random.nextInt(200)));
        } else {
          Slices keys = keys();
          SortedSetOps.store(db, key, new SortedSetCombination(
              SortedSetCombination.Kind.values()[random.nextInt(3)], keys, 0, keys.size()));
        }
      }
      default -> {
        Slices members = values();
        double[] scores = random.doubles(members.size(), -5, 5).map(any -> score()).toArray();
        SortedSetOps.add(db, key, scores, members, 0, 1, random.nextInt(16) & ~(random.nextBoolean() ? 15 : 3));
      }
    }
  }

  private void key(Database db, Slice key) {
    switch (random.nextInt(12)) {
      case 0 -> KeyOps.delete(db, keys(), 0);
      case 1 -> KeyOps.expire(db, key, clock.millis() + random.nextInt(60) - 3, 0);
      case 2 -> KeyOps.persist(db, key);
      case 3 -> KeyOps.rename(db, key, key(), random.nextBoolean());
      case 4 -> KeyOps.copy(db, key, engine.database(random.nextInt(DATABASES)), key(), random.nextBoolean());
      case 5 -> KeyOps.move(db, key, engine.database(random.nextInt(DATABASES)));
      case 6 -> {
        SortOptions options = new SortOptions();
        options.alphabetical();
        if (random.nextBoolean()) {
          SortOps.store(db, key, options, key());
        } else {
          SortOps.sort(db, key, options);
        }
      }
      case 7 -> {
        if (random.nextInt(10) == 0) {
          KeyOps.swap(engine.database(0), engine.database(random.nextInt(DATABASES)));
        } else if (random.nextInt(10) == 0) {
          KeyOps.clear(db);
        } else if (random.nextInt(40) == 0) {
          KeyOps.clearAll(engine);
        }
      }
      case 8 -> {
        clock.step(random.nextInt(40));
        if (random.nextBoolean()) {
          engine.upkeep();
        }
      }
      default -> StringOps.length(db, key);
    }
  }

  private void attempt(Runnable operation) {
    try {
      operation.run();
    } catch (Signal | OutOfMemoryError refused) {
      // What it did before it failed is in its effects, and the rest is not.
    }
  }

  private void transaction() {
    try (Plan all = engine.plan().all().acquire()) {
      for (int n = random.nextInt(6); n > 0; n--) {
        attempt(this::operation);
      }
    }
  }

  @ParameterizedTest @ValueSource(ints = {1, 8})
  void whatRandomOperationsLeave_theirEffectsLeaveToo(int stripes) {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    open(Engines.settings(stripes, clock).maxBytes(64 << 20));
    for (int round = 0; round < 12; round++) {
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(20) == 0) {
          transaction();
        } else {
          attempt(this::operation);
        }
      }
      compare("seed " + seed + " round " + round);
    }
  }

  private void compare(String about) {
    try (Plan all = engine.plan().all().acquire()) {
      clock.step(-1_000); // what is due and not gone is seen in both, and nothing goes meanwhile
    }
    try (Engine other = replayed()) {
      assertThat(Contents.of(other)).as(about).isEqualTo(Contents.of(engine));
    }
    clock.step(1_000);
  }

  @Test void whereMemoryEnds_anywhere_effectsAreWhatHasHappened() {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    open(Engines.settings(4, clock).maxBytes(64 << 20));
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 200; i++) {
        Allocation.failAfter(random.nextInt(8));
        attempt(this::operation);
        Allocation.failAfter(-1);
      }
      compare("seed " + seed + " round " + round);
    }
  }

  @Test void whatAPlanHolds_isOneUnit_andWhatChangesNothing_isNone() {
    open(Engines.settings(8, clock).maxBytes(64 << 20));
    Database db = engine.database(0);
    try (Plan all = engine.plan().all().acquire()) {
      StringOps.setAll(db, Engines.slices("a", "1", "b", "2"), 0);
      ListOps.push(engine.database(1), Engines.slice("l"), Engines.slices("1", "2"), 0, ListEnd.LAST, false);
      ListOps.move(engine.database(1), Engines.slice("l"), ListEnd.FIRST, Engines.slice("m"), ListEnd.LAST, new ValueList());
      assertThat(units).isEmpty();
    }
    assertThat(units).hasSize(1);
    SetOps.add(db, Engines.slice("s"), Engines.slices("x"), 0);
    SetOps.add(db, Engines.slice("s"), Engines.slices("x"), 0);
    KeyOps.delete(db, Engines.slices("missing"), 0);
    HashOps.delete(db, Engines.slice("missing"), Engines.slices("field"), 0);
    attempt(() -> HashOps.set(db, Engines.slice("s"), Engines.slices("of another", "type"), 0));
    assertThat(units).hasSize(2);
    compare("a few");
  }

  @Test void whatIsEvicted_isGoneInTheLogToo() {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    open(Engines.settings(2, clock).maxBytes(300_000).evictionPolicy(EvictionPolicy.ALLKEYS_LRU));
    for (int i = 0; i < 3_000; i++) {
      int each = i;
      attempt(() -> Engines.set(engine.database(each % 2), "key" + random.nextInt(2_000), "v".repeat(random.nextInt(400))));
    }
    assertThat(engine.evictedKeys()).as("seed " + seed).isPositive();
    compare("seed " + seed);
  }
}
