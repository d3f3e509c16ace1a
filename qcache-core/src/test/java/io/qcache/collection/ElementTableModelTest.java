package io.qcache.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.Bytes;
import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import io.qcache.keyspace.KeyedHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of elements against a map, with pins that must not see what comes later, scans under change, and allocations that
 *  fail. */
class ElementTableModelTest {
  private record Pinned(TablePin pin, Map<Bytes, Bytes> model) {}

  private final Slice slice = new Slice();
  private final Slice value = new Slice();

  @AfterEach void allSucceed() {
    Allocation.failAfter(-1);
  }

  @ParameterizedTest @ValueSource(ints = {0, 8, 60, 2_000})
  void randomChanges_areThoseOfAMap(int longest) {
    for (boolean valued : new boolean[] {true, false}) {
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      ElementTable table = new ElementTable(new KeyedHash(random.nextLong(), random.nextLong()), valued);
      Map<Bytes, Bytes> model = new HashMap<>();
      List<Pinned> pinned = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        step(table, model, random, longest, i / 200 % 2 == 0);
        if (random.nextInt(60) == 0) {
          pinned.add(new Pinned(table.pin(), new HashMap<>(model)));
        }
        if (random.nextInt(70) == 0 && !pinned.isEmpty()) {
          close(pinned.remove(random.nextInt(pinned.size())), seed);
        }
        if (i % 100 == 0) {
          assertSame(table, model, seed);
        }
      }
      pinned.forEach(old -> close(old, seed));
      assertSame(table, model, seed);
      ElementTable copy = table.copied();
      assertSame(copy, model, seed);
      assertThat(copy.bytes()).isEqualTo(table.bytes());
      table.clear();
      assertSame(table, Map.of(), seed);
      assertSame(copy, model, seed);
    }
  }

  private void step(ElementTable table, Map<Bytes, Bytes> model, Random random, int longest, boolean grows) {
    int times = random.nextInt(grows ? 20 : 3) + 1;
    for (int i = 0; i < times; i++) {
      put(table, model, element(random, 1 + random.nextInt(4)), element(random, length(random, longest)));
    }
    times = random.nextInt(grows ? 4 : 30);
    List<Bytes> some = new ArrayList<>(times);
    for (int i = 0; i < times && !model.isEmpty(); i++) {
      table.random(random, slice, value);
      some.add(Bytes.copyOf(slice.copy()));
    }
    for (Bytes element : some) {
      assertThat(table.remove(at(element))).isEqualTo(model.remove(element) != null);
    }
    if (!model.isEmpty()) {
      table.random(random, slice, value);
      put(table, model, Bytes.copyOf(slice.copy()), element(random, length(random, longest)));
    }
  }

  private void put(ElementTable table, Map<Bytes, Bytes> model, Bytes element, Bytes itsValue) {
    boolean isNew = table.isValued()
        ? table.put(at(element), itsValue.toArray(), 0, itsValue.length()) : table.add(at(element));
    assertThat(isNew).isEqualTo(!model.containsKey(element));
    model.put(element, table.isValued() ? itsValue : Bytes.copyOf(new byte[0]));
  }

  private static int length(Random random, int longest) {
    return random.nextInt(200) == 0 ? random.nextInt(5 * longest + 1) : random.nextInt(longest + 1);
  }

  private static Bytes element(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  private Slice at(Bytes element) {
    return new Slice().wrap(element.toArray());
  }

  private void close(Pinned old, long seed) {
    assertSame((Elements) old.pin, old.model, seed);
    old.pin.close();
  }

  private void assertSame(ElementTable table, Map<Bytes, Bytes> model, long seed) {
    try {
      table.check();
    } catch (AssertionError wrong) {
      throw new AssertionError("seed " + seed, wrong);
    }
    assertSame((Elements) table, model, seed);
  }

  private void assertSame(Elements elements, Map<Bytes, Bytes> model, long seed) {
    assertThat(elements.size()).as("seed %d", seed).isEqualTo(model.size());
    Map<Bytes, Bytes> walked = new HashMap<>();
    for (TableWalk walk = elements.walk(); walk.next(slice, value); ) {
      assertThat(walked.put(Bytes.copyOf(slice.copy()), Bytes.copyOf(value.copy()))).as("seed %d: twice", seed).isNull();
    }
    assertThat(walked.equals(model)).as("seed %d", seed).isTrue();
    int left = 50;
    for (Map.Entry<Bytes, Bytes> entry : model.entrySet()) {
      assertThat(elements.contains(at(entry.getKey()))).as("seed %d", seed).isTrue();
      if (elements.isValued()) {
        assertThat(elements.get(at(entry.getKey()), value)).as("seed %d", seed).isTrue();
        assertThat(Bytes.copyOf(value.copy())).as("seed %d", seed).isEqualTo(entry.getValue());
      }
      if (left-- == 0) {
        break;
      }
    }
    assertThat(elements.contains(new Slice().wrap("not there".getBytes()))).isFalse();
  }

  @Test void aScan_meetsWhatStays_whateverComesAndGoesMeanwhile() {
    for (int round = 0; round < 8; round++) {
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      ElementTable table = new ElementTable(new KeyedHash(random.nextLong(), 1), false);
      Set<String> staying = new HashSet<>();
      int others = 0;
      int count = random.nextInt(3_000);
      for (int i = 0; i < count; i++) {
        table.add(text("staying " + i));
        staying.add("staying " + i);
      }
      long cursor = 0;
      Set<String> met = new HashSet<>();
      do {
        cursor = table.scan(cursor, random.nextInt(60) + 1, (element, none) -> met.add(element.toString()));
        boolean grows = random.nextBoolean();
        for (int i = random.nextInt(400); i > 0; i--) {
          if (grows) {
            table.add(text("other " + others++));
          } else if (others > 0) {
            table.remove(text("other " + --others));
          }
        }
      } while (cursor != 0);
      staying.removeAll(met);
      assertThat(staying).as("seed %d", seed).isEmpty();
    }
  }

  @Test void aScanOfWhatDoesNotChange_meetsEachOnce_inSteps() {
    ElementTable table = new ElementTable(new KeyedHash(3, 4), false);
    for (int i = 0; i < 10_000; i++) {
      table.add(text("element " + i));
    }
    List<String> met = new ArrayList<>();
    long cursor = 0;
    do {
      int before = met.size();
      cursor = table.scan(cursor, 10, (element, none) -> met.add(element.toString()));
      assertThat(met.size() - before).isLessThan(90);
    } while (cursor != 0);
    assertThat(met).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(table.scan(-1, 10, null)).isZero();
    assertThat(table.scan(1L << 48, 10, null)).isZero();
    assertThat(table.scan(0, Long.MAX_VALUE, (element, none) -> {})).isZero();
  }

  private static Slice text(String text) {
    return new Slice().wrap(text.getBytes());
  }

  @Test void eachElement_hasTheSameChance_andInARandomOrderEachComesOnce() {
    Random random = new Random(5);
    for (int size : new int[] {1, 2, 7, 100, 1_000}) {
      ElementTable table = new ElementTable(new KeyedHash(5, 6), false);
      for (int i = 0; i < size; i++) {
        table.add(text(Integer.toString(i)));
      }
      int[] single = new int[size];
      int[] first = new int[size];
      int draws = size * 100;
      for (int i = 0; i < draws; i++) {
        table.random(random, slice, value);
        single[Integer.parseInt(slice.toString())]++;
        table.inRandomOrder(random).next(slice, value);
        first[Integer.parseInt(slice.toString())]++;
      }
      assertFair(single);
      assertFair(first);
      Set<String> all = new HashSet<>();
      for (TableOrder order = table.inRandomOrder(random); order.next(slice, value); ) {
        assertThat(all.add(slice.toString())).isTrue();
      }
      assertThat(all).hasSize(size);
    }
  }

  /** Chi square: 100 are expected of each. */
  private static void assertFair(int[] seen) {
    double chi = 0;
    for (int count : seen) {
      chi += (count - 100.0) * (count - 100.0) / 100;
    }
    int freedom = Math.max(1, seen.length - 1);
    assertThat(chi).isLessThan(freedom + 5 * Math.sqrt(2 * freedom) + 3);
  }

  @Test void whicheverAllocationFails_theTableIsWhole_andGoesOn() {
    int failures = 0;
    for (long n = 0; historyFails(n); n += 5) {
      failures++;
    }
    assertThat(failures).isGreaterThan(100);
  }

  /** Whether the n-th allocation of a scripted history came at all. */
  private boolean historyFails(long n) {
    Random random = new Random(7);
    ElementTable table = new ElementTable(new KeyedHash(7, 8), true);
    Map<Bytes, Bytes> model = new HashMap<>();
    boolean failed = false;
    Allocation.failAfter(n);
    for (int i = 0; i < 1_800; i++) {
      Bytes element = element(random, 2);
      Bytes itsValue = element(random, random.nextInt(random.nextInt(20) == 0 ? 3_000 : 40));
      boolean removes = random.nextInt(10) < (i / 600 == 1 ? 8 : 2);
      try {
        if (removes && !model.isEmpty()) {
          Bytes one = model.keySet().iterator().next();
          table.remove(at(one));
          model.remove(one);
        } else {
          put(table, model, element, itsValue);
        }
        if (random.nextInt(30) == 0) {
          table.pin(); // never given back
        }
      } catch (OutOfMemoryError expected) {
        failed = true;
        Allocation.failAfter(-1);
        assertSame(table, model, n);
      }
    }
    Allocation.failAfter(-1);
    assertSame(table, model, n);
    return failed;
  }

  @Test void manySmallElements_areHeldTightly_andRemovingThemGivesAllBack() {
    ElementTable table = new ElementTable(new KeyedHash(9, 10), false);
    long empty = table.bytes();
    for (int i = 0; i < 100_000; i++) {
      table.add(text("member:" + i));
    }
    table.check();
    assertThat(table.bytes()).isLessThan(100_000L * 23);
    for (int i = 0; i < 100_000; i++) {
      assertThat(table.remove(text("member:" + i))).isTrue();
    }
    table.check();
    assertThat(table.bytes()).isLessThan(empty + 100);
  }
}
