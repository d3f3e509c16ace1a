package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.collection.Integers;
import io.qcache.keyspace.Allocation;
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

/** Hashes of all sizes against maps, with allocations that fail. */
class HashModelTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Engine engine = Engine.open(Engines.settings(1, new FakeClock()));
  private final Database db = engine.database(0);
  private final Map<String, Map<String, String>> model = new HashMap<>();

  @AfterEach void close() {
    Allocation.failAfter(-1);
    engine.close();
  }

  @ParameterizedTest @ValueSource(ints = {8, 40, 400, 3_000})
  void randomOperations_areThoseOfAMap(int fields) {
    for (int i = 0; i < 2_000; i++) {
      step("h" + random.nextInt(3), fields);
      if (i % 200 == 0) {
        assertSame();
      }
    }
    assertSame();
  }

  private void step(String key, int fields) {
    Map<String, String> hash = model.computeIfAbsent(key, none -> new HashMap<>());
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> set(key, hash, fields);
      case 3 -> {
        String field = field(fields);
        String value = value();
        assertThat(HashOps.setIfAbsent(db, slice(key), slice(field), slice(value)))
            .as("seed %d", seed).isEqualTo(hash.putIfAbsent(field, value) == null);
      }
      case 4, 5 -> delete(key, hash, fields);
      case 6 -> {
        String field = "n" + random.nextInt(5);
        long by = random.nextInt(2_000) - 1_000;
        long sum = Long.parseLong(hash.getOrDefault(field, "0")) + by;
        assertThat(HashOps.increment(db, slice(key), slice(field), by)).as("seed %d", seed).isEqualTo(sum);
        hash.put(field, Long.toString(sum));
      }
      case 7 -> random(key, hash);
      default -> scan(key, hash);
    }
    if (hash.isEmpty()) {
      model.remove(key);
    }
  }

  private String field(int fields) {
    return "field" + random.nextInt(fields);
  }

  private String value() {
    if (random.nextInt(3) == 0) {
      return Integers.text(random);
    }
    int length = random.nextInt(300) == 0 ? random.nextInt(100_000) : random.nextInt(20) == 0 ? random.nextInt(900)
        : random.nextInt(30);
    return "v".repeat(length) + random.nextInt(10);
  }

  private void set(String key, Map<String, String> hash, int fields) {
    Slices pairs = new Slices();
    Map<String, String> given = new HashMap<>();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? fields : 4); i >= 0; i--) {
      String field = field(fields);
      String value = value();
      pairs.add(field.getBytes(ISO_8859_1));
      pairs.add(value.getBytes(ISO_8859_1));
      given.put(field, value);
    }
    long added = given.keySet().stream().filter(field -> !hash.containsKey(field)).count();
    assertThat(HashOps.set(db, slice(key), pairs, 0)).as("seed %d", seed).isEqualTo(added);
    hash.putAll(given);
  }

  private void delete(String key, Map<String, String> hash, int fields) {
    Slices gone = new Slices();
    Set<String> given = new HashSet<>();
    for (int i = random.nextInt(random.nextInt(30) == 0 ? 2 * fields : 3); i >= 0; i--) {
      String field = field(fields);
      gone.add(field.getBytes(ISO_8859_1));
      given.add(field);
    }
    long present = given.stream().filter(hash::containsKey).count();
    assertThat(HashOps.delete(db, slice(key), gone, 0)).as("seed %d", seed).isEqualTo(present);
    hash.keySet().removeAll(given);
  }

  private void random(String key, Map<String, String> hash) {
    int count = random.nextInt(30) - 10;
    ValueList out = new ValueList();
    HashOps.random(db, slice(key), count, true, out);
    List<String> given = texts(out);
    int expected = hash.isEmpty() ? 0 : count < 0 ? -count : Math.min(count, hash.size());
    assertThat(given).as("seed %d", seed).hasSize(2 * expected);
    Set<String> different = new HashSet<>();
    for (int i = 0; i < given.size(); i += 2) {
      assertThat(given.get(i + 1)).as("seed %d", seed).isEqualTo(hash.get(given.get(i)));
      different.add(given.get(i));
    }
    if (count > 0) {
      assertThat(different).as("seed %d", seed).hasSize(expected);
    }
  }

  private void scan(String key, Map<String, String> hash) {
    Map<String, String> met = new HashMap<>();
    long cursor = 0;
    do {
      ValueList out = new ValueList();
      cursor = HashOps.scan(db, slice(key), cursor, 1 + random.nextInt(100), null, out);
      collect(texts(out), met);
    } while (cursor != 0);
    assertThat(met.equals(hash)).as("seed %d", seed).isTrue();
  }

  private static List<String> texts(ValueList out) {
    List<String> texts = new ArrayList<>();
    for (byte[] each : out.all()) {
      texts.add(each == null ? null : new String(each, ISO_8859_1));
    }
    return texts;
  }

  private static void collect(List<String> pairs, Map<String, String> into) {
    for (int i = 0; i < pairs.size(); i += 2) {
      into.put(pairs.get(i), pairs.get(i + 1));
    }
  }

  private void assertSame() {
    assertThat(KeyOps.size(db)).as("seed %d", seed).isEqualTo(model.size());
    model.forEach((key, hash) -> {
      ValueList out = new ValueList();
      HashOps.entries(db, slice(key), out);
      Map<String, String> found = new HashMap<>();
      collect(texts(out), found);
      assertThat(out.all()).as("seed %d", seed).hasSize(2 * hash.size());
      assertThat(found.equals(hash)).as("seed %d", seed).isTrue();
      assertThat(HashOps.size(db, slice(key))).isEqualTo(hash.size());
      Slices some = new Slices();
      List<String> expected = new ArrayList<>();
      hash.forEach((field, value) -> {
        if (some.size() < 50) {
          some.add(field.getBytes(ISO_8859_1));
          expected.add(value);
        }
      });
      some.add("not there".getBytes(ISO_8859_1));
      expected.add(null);
      ValueList values = new ValueList();
      HashOps.getAll(db, slice(key), some, 0, values);
      assertThat(texts(values)).as("seed %d", seed).isEqualTo(expected);
    });
  }

  @Test void whicheverAllocationFails_theHashIsAsBefore_andGoesOn() {
    int failures = 0;
    for (long n = 0; failures < 300; n++) {
      Slices pairs = new Slices();
      for (int i = 0; i < 40; i++) {
        pairs.add(field(600).getBytes(ISO_8859_1));
        pairs.add(value().getBytes(ISO_8859_1));
      }
      Slices gone = new Slices();
      for (int i = 0; i < 90; i++) {
        gone.add(field(600).getBytes(ISO_8859_1));
      }
      Map<String, String> before = entries();
      Allocation.failAfter(random.nextInt(40));
      try {
        if (n % 3 == 0) {
          HashOps.delete(db, slice("h"), gone, 0);
        } else {
          HashOps.set(db, slice("h"), pairs, 0);
        }
        Allocation.failAfter(-1);
      } catch (OutOfMemoryError expected) {
        Allocation.failAfter(-1);
        failures++;
        assertThat(entries().equals(before)).as("seed %d", seed).isTrue();
      }
    }
  }

  private Map<String, String> entries() {
    ValueList out = new ValueList();
    HashOps.entries(db, slice("h"), out);
    Map<String, String> found = new HashMap<>();
    collect(texts(out), found);
    return found;
  }

  @Test void memoryOfALargeHash_isCounted_andGivenBack() {
    long empty = engine.memory().usedBytes();
    Slices pairs = new Slices();
    for (int i = 0; i < 20_000; i++) {
      pairs.clear();
      pairs.add(("field" + i).getBytes(ISO_8859_1));
      pairs.add("twenty bytes of text".getBytes(ISO_8859_1));
      HashOps.set(db, slice("h"), pairs, 0);
    }
    assertThat(engine.memory().usedBytes() - empty).isBetween(20_000L * 30, 20_000L * 50);
    KeyOps.delete(db, Engines.slices("h"), 0);
    assertThat(engine.memory().usedBytes() - empty).isLessThan(20_000);
  }
}
