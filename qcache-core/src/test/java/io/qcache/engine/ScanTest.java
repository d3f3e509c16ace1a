package io.qcache.engine;

import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {
  private static final long CURSORS = 1L << 53;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final FakeClock clock = new FakeClock();
  private Engine engine;
  private Database db;

  private void open(int stripes) {
    engine = Engine.open(Engines.settings(stripes, clock).hashKey(random.nextLong(), random.nextLong()));
    db = engine.database(0);
  }

  private long step(long cursor, long count, List<String> met) {
    ValueList out = new ValueList();
    long next = KeyOps.scan(db, cursor, count, null, null, out);
    out.all().forEach(key -> met.add(new String(key, UTF_8)));
    assertThat(next).as("after %d, seed %d", cursor, seed).isBetween(0L, CURSORS - 1);
    assertThat(next == 0 || next > (cursor & CURSORS - 1)).as("goes forward from %d to %d, seed %d", cursor, next, seed)
        .isTrue();
    return next;
  }

  private List<String> scan(long count) {
    List<String> met = new ArrayList<>();
    long cursor = 0;
    do {
      cursor = step(cursor, count, met);
    } while (cursor != 0);
    return met;
  }

  @ParameterizedTest @ValueSource(ints = {1, 2, 64, 4096})
  void whatIsThere_isMetOnce_withAnyCount(int stripes) {
    open(stripes);
    assertThat(scan(10)).isEmpty();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      set(db, "k" + i, "x");
      keys.add("k" + i);
    }
    for (long count : new long[] {1, 2, 10, 1_000, Integer.MAX_VALUE, Long.MAX_VALUE / 10, Long.MAX_VALUE}) {
      assertThat(scan(count)).as("count %d, seed %d", count, seed).doesNotHaveDuplicates().hasSize(keys.size());
    }
    assertThat(new HashSet<>(scan(7))).isEqualTo(keys);
  }

  @ParameterizedTest @ValueSource(ints = {1, 2, 64})
  void whatStays_isMet_whateverComesAndGoesMeanwhile(int stripes) {
    for (int round = 0; round < 30; round++) {
      open(stripes);
      Set<String> staying = new HashSet<>();
      for (int i = 0; i < random.nextInt(300); i++) {
        staying.add("stay" + i);
        set(db, "stay" + i, "x");
      }
      int others = random.nextInt(3_000);
      for (int i = 0; i < others; i++) {
        set(db, "go" + i, "x");
      }
      int lean = random.nextInt(4); // grow, shrink, both, neither much
      List<String> met = new ArrayList<>();
      long cursor = 0;
      long count = 1 + random.nextInt(40);
      int steps = 0;
      do {
        cursor = step(cursor, count, met);
        change(lean, others, steps++);
        assertThat(steps).as("comes to an end, seed %d", seed).isLessThan(40_000);
      } while (cursor != 0);
      assertThat(met).as("round %d, seed %d", round, seed).containsAll(staying);
    }
  }

  private void change(int lean, int others, int step) {
    for (int i = 0; i < 40; i++) {
      boolean adds = lean == 0 || (lean == 2 && random.nextBoolean());
      if (adds && step < 300) {
        set(db, "more" + random.nextInt(20_000), "x");
      } else if (lean != 3) {
        String kind = random.nextBoolean() ? "more" : "go";
        KeyOps.delete(db, slices(kind + random.nextInt(kind.equals("go") ? others + 1 : 20_000)), 0);
      }
    }
    if (lean == 3 && step % 10 == 0) {
      for (int i = 0; i < others; i++) {
        KeyOps.delete(db, slices("go" + i), 0); // shrink all at once, and grow again
      }
      for (int i = 0; step % 20 == 0 && i < others; i++) {
        set(db, "go" + i, "x");
      }
    }
  }

  @ParameterizedTest @ValueSource(ints = {1, 2, 64})
  void anyCursor_thatAClientMayThinkOf_comesToAnEnd(int stripes) {
    open(stripes);
    for (int i = 0; i < 500; i++) {
      set(db, "k" + i, "x");
    }
    long[] bad = {-1, Long.MIN_VALUE, Long.MAX_VALUE, CURSORS, CURSORS - 1, CURSORS + 1, 1, 2, -CURSORS};
    for (int i = 0; i < 300; i++) {
      long cursor = i < bad.length ? bad[i] : random.nextLong() >>> random.nextInt(64);
      int steps = 0;
      List<String> met = new ArrayList<>();
      do {
        cursor = step(cursor, 5, met);
        steps++;
      } while (cursor != 0);
      assertThat(steps).as("seed %d", seed).isLessThan(1_000);
      assertThat(met).as("seed %d", seed).doesNotHaveDuplicates();
    }
  }

  @Test void aStep_looksIntoABoundedNumberOfStripes_evenWhereNothingIs() {
    open(4096);
    set(db, "only", "x");
    int steps = 0;
    List<String> met = new ArrayList<>();
    long cursor = 0;
    do {
      cursor = step(cursor, 10, met);
      steps++;
    } while (cursor != 0);
    assertThat(steps).isBetween(4096 / Scan.STRIPES_AT_ONCE, 4096 / Scan.STRIPES_AT_ONCE + 1);
    assertThat(met).containsExactly("only");
  }

  @Test void aStep_ofACrowdedDatabase_givesAboutAsManyAsAskedFor() {
    open(1);
    for (int i = 0; i < 10_000; i++) {
      set(db, "k" + i, "x");
    }
    long cursor = 0;
    do {
      List<String> met = new ArrayList<>();
      cursor = step(cursor, 100, met);
      assertThat(met.size()).as("seed %d", seed).isLessThan(100 + 20); // the last home's others come too
    } while (cursor != 0);
  }

  @Test void matchAndType_leaveOthersOut_andWhatIsDueIsNotThere() {
    open(2);
    for (int i = 0; i < 100; i++) {
      set(db, "a" + i, "x", i < 50 ? Deadline.NONE : FakeClock.START + 10);
      set(db, "b" + i, "x");
      set(engine.database(1), "a" + i, "x");
    }
    ValueList out = new ValueList();
    long cursor = 0;
    Glob glob = Glob.of(slice("a*"));
    do {
      cursor = KeyOps.scan(db, cursor, 10, glob, ValueType.STRING, out);
    } while (cursor != 0);
    assertThat(out.all()).hasSize(100).allMatch(key -> key[0] == 'a');
    clock.step(10);
    ValueList live = new ValueList();
    KeyOps.matching(db, glob, live);
    assertThat(live.all()).hasSize(50);
  }

  @Test void aCursor_isAPlaceInTheOrderOfTheHash_inEveryEngineOfTheSameKey() {
    open(1);
    for (int i = 0; i < 200; i++) {
      set(db, "k" + i, "x");
    }
    List<String> few = scan(1);
    for (int i = 0; i < 20_000; i++) {
      set(db, "more" + i, "x");
    }
    List<String> many = scan(1);
    many.removeIf(key -> key.startsWith("more"));
    assertThat(homesApart(many, few)).as("the same order but within a home, seed %d", seed).isLessThan(8);
  }

  /** How far a key is at most from its place in the other order. */
  private static int homesApart(List<String> one, List<String> other) {
    int most = 0;
    for (int i = 0; i < one.size(); i++) {
      most = Math.max(most, Math.abs(i - other.indexOf(one.get(i))));
    }
    return most;
  }
}
