package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.EvictionPolicy;
import io.qcache.FakeClock;
import io.qcache.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hashes and sets of all forms in snapshots, changed while they are taken; and under a bound that evicts. */
class ElementSnapshotTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final FakeClock clock = new FakeClock();
  private Engine engine;
  private Database db;

  private void open(Engine.Settings settings) {
    engine = Engine.open(settings);
    db = engine.database(0);
    engine.collectionLimits(new CollectionLimits(-2, 512, 64, 2_000, 128, 64));
  }

  @AfterEach void close() {
    engine.close();
  }

  private void change() {
    int size = new int[] {5, 60, 1_500}[random.nextInt(3)];
    Slices some = new Slices();
    boolean adds = random.nextInt(3) > 0;
    Slice hash = slice("h" + size + random.nextInt(2));
    Slice integers = slice("i" + size + random.nextInt(2));
    Slice set = slice("s" + size + random.nextInt(2));
    for (int i = random.nextInt(size); i >= 0; i--) {
      some.add(Integer.toString(random.nextInt(size) * 1_000).getBytes(ISO_8859_1));
    }
    switch (random.nextInt(3)) {
      case 0 -> {
        if (some.size() % 2 == 1) {
          some.add("text".repeat(random.nextInt(random.nextInt(10) == 0 ? 5_000 : 10)).getBytes(ISO_8859_1));
        }
        if (adds) {
          HashOps.set(db, hash, some, 0);
        } else {
          HashOps.delete(db, hash, some, 0);
        }
      }
      case 1 -> change(integers, some, adds);
      default -> {
        some.add("text".getBytes(ISO_8859_1));
        change(set, some, adds);
      }
    }
    if (random.nextInt(100) == 0) {
      Slices one = new Slices();
      one.add(hash.copy());
      KeyOps.delete(db, one, 0);
    }
  }

  private void change(Slice key, Slices members, boolean adds) {
    if (adds) {
      SetOps.add(db, key, members, 0);
    } else if (random.nextBoolean()) {
      SetOps.remove(db, key, members, 0);
    } else {
      SetOps.pop(db, key, members.size(), new ValueList());
    }
  }

  /** All keys and what they hold, in an order of its own. */
  private Map<String, List<String>> state() {
    Map<String, List<String>> all = new TreeMap<>();
    ValueList keys = new ValueList();
    KeyOps.matching(db, new Glob("*".getBytes(ISO_8859_1)), keys);
    for (byte[] key : keys.all()) {
      ValueList out = new ValueList();
      boolean isHash = key[0] == 'h';
      if (isHash) {
        HashOps.entries(db, new Slice().wrap(key), out);
      } else {
        SetOps.members(db, new Slice().wrap(key), out);
      }
      all.put(new String(key, ISO_8859_1), sorted(out, isHash));
    }
    return all;
  }

  private static List<String> sorted(ValueList values, boolean pairs) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.all().size(); i += pairs ? 2 : 1) {
      String text = new String(values.all().get(i), ISO_8859_1);
      texts.add(pairs ? text + "=" + new String(values.all().get(i + 1), ISO_8859_1) : text);
    }
    texts.sort(null);
    return texts;
  }

  private Map<String, List<String>> snapshot(boolean changing) {
    Map<String, List<String>> given = new TreeMap<>();
    engine.snapshot(new SnapshotSink() {
      private final ValueList values = new ValueList();
      private String key;
      private long left;

      @Override public void key(int database, ValueType type, long deadlineMillis, Slice of) {
        key = of.toString();
        assertThat(type).isSameAs(key.charAt(0) == 'h' ? ValueType.HASH : ValueType.SET);
        for (int i = random.nextInt(8); i > 0 && changing; i--) {
          change();
        }
      }

      @Override public void elements(long count) {
        left = count;
        values.rewind(0);
      }

      @Override public void value(byte[] array, int offset, int length) {
        values.value(array, offset, length);
        if (--left == 0) {
          given.put(key, sorted(values, key.charAt(0) == 'h'));
        }
      }

      @Override public void begin(int length) {
        throw new AssertionError("an element comes whole");
      }

      @Override public void part(byte[] array, int offset, int length) {
        throw new AssertionError("an element comes whole");
      }

      @Override public void missing() {
        throw new AssertionError("a snapshot misses nothing");
      }

      @Override public long mark() {
        return 0;
      }

      @Override public void rewind(long mark) {}
    });
    return given;
  }

  @Test void aSnapshot_hasWhatThereWas_whateverChangesMeanwhile() {
    open(Engines.settings(2, clock));
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 30; i++) {
        change();
      }
      Map<String, List<String>> then = state();
      assertThat(snapshot(true).equals(then)).as("seed %d round %d", seed, round).isTrue();
    }
    assertThat(snapshot(false).equals(state())).as("seed %d", seed).isTrue();
  }

  @Test void underABound_whatIsThereIsWhole_andTheBoundHolds() {
    open(Engines.settings(1, clock).maxBytes(80 << 10).evictionPolicy(EvictionPolicy.ALLKEYS_LRU));
    for (int i = 0; i < 1_000; i++) {
      change();
      if (i % 100 == 0) {
        assertThat(engine.memory().usedBytes()).isLessThan(160 << 10);
        state();
      }
    }
    assertThat(engine.evictedKeys()).isPositive();
    KeyOps.clear(db);
    assertThat(engine.memory().usedBytes()).isLessThan(64 << 10);
  }
}
