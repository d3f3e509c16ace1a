package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.engine.SortedSetCombination.Kind;
import io.qcache.keyspace.Allocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of all forms and sizes against JDK sets, with allocations that fail. */
class SetModelTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Engine engine = Engine.open(Engines.settings(4, new FakeClock()));
  private final Database db = engine.database(0);
  private final Map<String, Set<String>> model = new HashMap<>();
  private boolean integers;
  private int members;

  @AfterEach void close() {
    Allocation.failAfter(-1);
    engine.close();
  }

  @ParameterizedTest @CsvSource({"12, false, 512", "300, false, 512", "3000, false, 512", "12, true, 8", "600, true, 512",
      "4000, true, 1000000"})
  void randomOperations_areThoseOfSets(int size, boolean integersOnly, long intsetEntries) {
    members = size;
    integers = integersOnly;
    engine.collectionLimits(new CollectionLimits(-2, 512, 64, intsetEntries, 128, 64));
    for (int i = 0; i < 1_500; i++) {
      step();
      if (i % 150 == 0) {
        assertSame();
      }
    }
    assertSame();
  }

  private void step() {
    String key = key();
    Set<String> set = model.getOrDefault(key, new HashSet<>());
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        List<String> some = some(random.nextInt(20) == 0 ? members : 4);
        int before = set.size();
        set.addAll(some);
        assertThat(SetOps.add(db, slice(key), slices(some), 0)).as("seed %d", seed).isEqualTo(set.size() - before);
      }
      case 4, 5 -> {
        List<String> some = some(random.nextInt(20) == 0 ? members : 4);
        int before = set.size();
        set.removeAll(some);
        assertThat(SetOps.remove(db, slice(key), slices(some), 0)).as("seed %d", seed).isEqualTo(before - set.size());
      }
      case 6 -> pop(key, set);
      case 7 -> random(key, set);
      case 8 -> scan(key, set);
      case 9 -> move(key, set);
      case 10 -> combine(List.of(key(), key(), key()).subList(0, 1 + random.nextInt(3)));
      default -> store(List.of(key(), key(), key()).subList(0, 1 + random.nextInt(3)));
    }
    keep(key, set);
  }

  private void keep(String key, Set<String> set) {
    if (set.isEmpty()) {
      model.remove(key);
    } else {
      model.put(key, set);
    }
  }

  private String key() {
    return "s" + random.nextInt(4);
  }

  private String member() {
    if (integers) {
      return Long.toString((random.nextInt(members) - members / 2) * (members > 1_000 ? 1_000_003L : 7_001L));
    }
    int number = random.nextInt(members);
    return number % 5 == 0 ? Integer.toString(number) : number % 7 == 0 ? Long.toString(-number * 1_000_000_007L) : number % 301 == 1 ? "m".repeat(700) + number : "member " + number;
  }

  private List<String> some(int most) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      some.add(member());
    }
    return some;
  }

  private static Slices slices(Collection<String> texts) {
    return Engines.slices(texts.toArray(new String[0]));
  }

  private static List<String> texts(ValueList out) {
    List<String> texts = new ArrayList<>();
    for (byte[] each : out.all()) {
      texts.add(each == null ? null : new String(each, ISO_8859_1));
    }
    return texts;
  }

  private void pop(String key, Set<String> set) {
    ValueList out = new ValueList();
    if (random.nextBoolean()) {
      SetOps.pop(db, slice(key), out);
      assertThat(texts(out)).as("seed %d", seed).hasSize(1);
      assertThat(out.only() == null ? set.isEmpty() : set.remove(texts(out).get(0))).as("seed %d", seed).isTrue();
      return;
    }
    int count = random.nextInt(random.nextInt(5) == 0 ? members : 5);
    SetOps.pop(db, slice(key), count, out);
    assertThat(texts(out)).as("seed %d", seed).hasSize(Math.min(count, set.size())).doesNotHaveDuplicates();
    assertThat(set.containsAll(texts(out))).as("seed %d", seed).isTrue();
    set.removeAll(new HashSet<>(texts(out)));
  }

  private void random(String key, Set<String> set) {
    int count = random.nextInt(40) - 20;
    ValueList out = new ValueList();
    SetOps.random(db, slice(key), count, out);
    int expected = set.isEmpty() ? 0 : count < 0 ? -count : Math.min(count, set.size());
    assertThat(texts(out)).as("seed %d", seed).hasSize(expected);
    assertThat(set.containsAll(texts(out))).as("seed %d", seed).isTrue();
    if (count > 0) {
      assertThat(texts(out)).as("seed %d", seed).doesNotHaveDuplicates();
    }
  }

  private void scan(String key, Set<String> set) {
    Set<String> met = new HashSet<>();
    long cursor = 0;
    do {
      ValueList out = new ValueList();
      cursor = SetOps.scan(db, slice(key), cursor, 1 + random.nextInt(100), null, out);
      met.addAll(texts(out));
    } while (cursor != 0);
    assertThat(met.equals(set)).as("seed %d", seed).isTrue();
  }

  private void move(String key, Set<String> set) {
    String to = key();
    String member = set.isEmpty() || random.nextBoolean() ? member() : set.iterator().next();
    boolean had = set.contains(member);
    assertThat(SetOps.move(db, slice(key), slice(to), slice(member))).as("seed %d", seed).isEqualTo(had);
    if (had && !to.equals(key)) {
      set.remove(member);
      model.computeIfAbsent(to, none -> new HashSet<>()).add(member);
    }
  }

  private Set<String> combined(int kind, List<String> keys) {
    Set<String> result = new HashSet<>(model.getOrDefault(keys.get(0), Set.of()));
    for (String other : keys.subList(1, keys.size())) {
      Set<String> set = model.getOrDefault(other, Set.of());
      if (kind == 0) {
        result.addAll(set);
      } else if (kind == 1) {
        result.retainAll(set);
      } else {
        result.removeAll(set);
      }
    }
    return result;
  }

  private void combine(List<String> keys) {
    for (int kind = 0; kind < 3; kind++) {
      ValueList out = new ValueList();
      switch (kind) {
        case 0 -> SetOps.union(db, slices(keys), 0, out);
        case 1 -> SetOps.intersection(db, slices(keys), 0, out);
        default -> SetOps.difference(db, slices(keys), 0, out);
      }
      Set<String> expected = combined(kind, keys);
      assertThat(out.all()).as("seed %d", seed).hasSize(expected.size());
      assertThat(new HashSet<>(texts(out)).equals(expected)).as("seed %d", seed).isTrue();
    }
    int most = 1 + random.nextInt(members);
    assertThat(SetOps.intersectionSize(db, slices(keys), 0, keys.size(), most)).as("seed %d", seed)
        .isEqualTo(Math.min(most, combined(1, keys).size()));
  }

  private void store(List<String> keys) {
    String to = "t" + random.nextInt(2);
    int kind = random.nextInt(3);
    Set<String> expected = combined(kind, keys);
    long count = switch (kind) {
      case 0 -> SetOps.storeUnion(db, slice(to), slices(keys), 0);
      case 1 -> SetOps.storeIntersection(db, slice(to), slices(keys), 0);
      default -> SetOps.storeDifference(db, slice(to), slices(keys), 0);
    };
    assertThat(count).as("seed %d", seed).isEqualTo(expected.size());
    keep(to, expected);
  }

  private void assertSame() {
    assertThat(KeyOps.size(db)).as("seed %d", seed).isEqualTo(model.size());
    model.forEach((key, set) -> {
      List<String> found = members(key);
      assertThat(found).as("seed %d", seed).hasSize(set.size());
      assertThat(new HashSet<>(found).equals(set)).as("seed %d", seed).isTrue();
      assertThat(SetOps.size(db, slice(key))).isEqualTo(set.size());
      if ("intset".equals(KeyOps.encoding(db, slice(key)))) {
        assertThat(found).as("integers are in their order").isEqualTo(
            new TreeSet<>(set.stream().map(Long::parseLong).toList()).stream().map(Object::toString).toList());
      }
    });
  }

  private List<String> members(String key) {
    ValueList out = new ValueList();
    SetOps.members(db, slice(key), out);
    return texts(out);
  }

  @ParameterizedTest @CsvSource({"true", "false"})
  void whicheverAllocationFails_theSetIsAsBefore_andGoesOn(boolean integersOnly) {
    integers = integersOnly;
    members = 1_500;
    engine.collectionLimits(new CollectionLimits(-2, 512, 64, 1_000_000, 128, 64));
    int failures = 0;
    for (int n = 0; failures < 200; n++) {
      Slices given = slices(some(60));
      Set<String> before = new HashSet<>(members("s"));
      Allocation.failAfter(random.nextInt(30));
      try {
        switch (n % 4) {
          case 0, 1 -> SetOps.add(db, slice("s"), given, 0);
          case 2 -> SetOps.remove(db, slice("s"), given, 0);
          default -> SetOps.pop(db, slice("s"), 20, new ValueList());
        }
        Allocation.failAfter(-1);
      } catch (OutOfMemoryError expected) {
        Allocation.failAfter(-1);
        failures++;
        assertThat(new HashSet<>(members("s")).equals(before)).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test void encodings_areNamedAsByRedis_andNeverGoBack() {
    SetOps.add(db, slice("s"), Engines.slices("1", "2"), 0);
    assertThat(KeyOps.encoding(db, slice("s"))).isEqualTo("intset");
    SetOps.add(db, slice("s"), Engines.slices("x"), 0);
    assertThat(KeyOps.encoding(db, slice("s"))).isEqualTo("hashtable");
    SetOps.remove(db, slice("s"), Engines.slices("x"), 0);
    assertThat(KeyOps.encoding(db, slice("s"))).isEqualTo("hashtable");
    for (int i = 0; i < 512; i++) {
      SetOps.add(db, slice("t"), Engines.slices(Integer.toString(i)), 0);
    }
    assertThat(KeyOps.encoding(db, slice("t"))).isEqualTo("intset");
    SetOps.add(db, slice("t"), Engines.slices("512"), 0);
    assertThat(KeyOps.encoding(db, slice("t"))).isEqualTo("hashtable");
  }

  @Test void sets_areCombinedToSortedSets_withScoresOfOne() {
    for (int i = 0; i < 500; i++) {
      SetOps.add(db, slice("s"), Engines.slices("m" + i), 0);
      SetOps.add(db, slice("t"), Engines.slices("m" + 2 * i, "other"), 0);
    }
    Slices both = Engines.slices("s", "t");
    assertThat(SortedSetOps.store(db, slice("z"), new SortedSetCombination(Kind.UNION, both, 0, 2).weight(1, 5))).isEqualTo(751);
    assertThat(SortedSetOps.score(db, slice("z"), slice("m1"))).isEqualTo(1);
    assertThat(SortedSetOps.score(db, slice("z"), slice("m2"))).isEqualTo(6);
    assertThat(SortedSetOps.score(db, slice("z"), slice("m998"))).isEqualTo(5);
    assertThat(SortedSetOps.intersectionSize(db, new SortedSetCombination(Kind.INTERSECTION, both, 0, 2), 0)).isEqualTo(250);
    Slices three = Engines.slices("t", "z", "s");
    assertThat(SortedSetOps.store(db, slice("y"), new SortedSetCombination(Kind.INTERSECTION, three, 0, 3))).isEqualTo(250);
    assertThat(SortedSetOps.score(db, slice("y"), slice("m2"))).isEqualTo(8);
    assertThat(SortedSetOps.store(db, slice("x"), new SortedSetCombination(Kind.DIFFERENCE, both, 0, 2))).isEqualTo(250);
  }

  @Test void poppedMembers_haveTheSameChance() {
    int[] seen = new int[40];
    for (int round = 0; round < 2_000; round++) {
      List<String> all = new ArrayList<>();
      for (int i = 0; i < seen.length; i++) {
        all.add("member " + i);
      }
      SetOps.add(db, slice("s"), slices(all), 0);
      ValueList out = new ValueList();
      SetOps.pop(db, slice("s"), 2, out);
      texts(out).forEach(text -> seen[Integer.parseInt(text.substring(7))]++);
    }
    for (int count : seen) {
      assertThat(count).isBetween(50, 150); // 100 are expected, 10 is the deviation
    }
  }
}
