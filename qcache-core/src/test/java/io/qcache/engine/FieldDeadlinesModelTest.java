package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes whose fields have deadlines against maps, small ones and large ones, and what their effects leave. */
class FieldDeadlinesModelTest {
  private static final int[] CONDITIONS = {0, 0, 0, KeyOps.IF_ABSENT, KeyOps.IF_PRESENT, KeyOps.IF_LATER, KeyOps.IF_EARLIER};

  private record Timed(String value, long deadline) {}

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final FakeClock clock = new FakeClock();
  private final Engine engine = Engine.open(Engines.settings(1, clock));
  private final Database db = engine.database(0);
  private final Map<String, Map<String, Timed>> model = new TreeMap<>();
  private final List<byte[]> units = Collections.synchronizedList(new ArrayList<>()); // upkeep's too

  FieldDeadlinesModelTest() {
    engine.effectLog(unit -> {
      units.add(Arrays.copyOf(unit.array(), unit.length()));
      unit.clear(false);
      return units.size();
    });
  }

  @AfterEach void close() {
    engine.close();
  }

  private void expireModel() {
    model.values().forEach(hash -> hash.values().removeIf(each -> each.deadline <= clock.millis()));
    model.values().removeIf(Map::isEmpty);
  }

  @ParameterizedTest @ValueSource(ints = {5, 60, 1_000})
  void randomOperations_areThoseOfAMap(int fields) {
    for (int i = 0; i < 3_000; i++) {
      step(fields);
      if (random.nextInt(20) == 0) {
        clock.step(random.nextInt(200));
        expireModel();
        if (random.nextBoolean()) {
          engine.upkeep();
        }
      }
      if (i % 100 == 0) {
        assertSame();
      }
    }
    assertSame();
    assertEffectsLeaveTheSame();
    clock.step(100_000);
    while (engine.upkeep() <= clock.millis() + 1) {
      clock.step(1);
    }
    expireModel();
    assertSame();
    assertThat(KeyOps.size(db)).as("seed %d", seed).isEqualTo(model.size());
  }

  private String field(int fields) {
    return "f" + random.nextInt(fields);
  }

  private void step(int fields) {
    String key = "h" + random.nextInt(3);
    Map<String, Timed> hash = model.computeIfAbsent(key, none -> new TreeMap<>());
    String field = field(fields);
    Timed old = hash.get(field);
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        Slices pairs = new Slices();
        for (int i = random.nextInt(fields / 2); i >= 0; i--) {
          String each = field(fields);
          String value = "v".repeat(random.nextInt(30)) + i;
          pairs.add(each.getBytes(ISO_8859_1));
          pairs.add(value.getBytes(ISO_8859_1));
          hash.put(each, new Timed(value, Deadline.NONE));
        }
        HashOps.set(db, slice(key), pairs, 0);
      }
      case 2 -> {
        assertThat(HashOps.delete(db, slice(key), slices(field), 0)).as("seed %d", seed).isEqualTo(old == null ? 0 : 1);
        hash.remove(field);
      }
      case 3 -> {
        String number = "n" + random.nextInt(3);
        Timed before = hash.getOrDefault(number, new Timed("0", Deadline.NONE));
        long sum = Long.parseLong(before.value) + 7;
        assertThat(HashOps.increment(db, slice(key), slice(number), 7)).as("seed %d", seed).isEqualTo(sum);
        hash.put(number, new Timed(Long.toString(sum), before.deadline));
      }
      case 4, 5, 6 -> expire(key, hash, fields);
      case 7 -> {
        int expected = old == null ? -2 : old.deadline == Deadline.NONE ? -1 : 1;
        assertThat(HashOps.persist(db, slice(key), slices(field), 0)).as("seed %d", seed).containsExactly(expected);
        if (expected == 1) {
          hash.put(field, new Timed(old.value, Deadline.NONE));
        }
      }
      case 8 -> {
        String other = "h" + random.nextInt(4);
        if (hash.isEmpty() || other.equals(key)) {
          break;
        }
        if (random.nextBoolean()) {
          KeyOps.copy(db, slice(key), db, slice(other), true);
        } else {
          KeyOps.rename(db, slice(key), slice(other), false);
          model.remove(key);
        }
        model.put(other, new TreeMap<>(hash));
      }
      default -> {
        ValueList out = new ValueList();
        HashOps.random(db, slice(key), random.nextInt(10) - 5, false, out);
        for (byte[] each : out.all()) {
          assertThat(hash).as("seed %d", seed).containsKey(new String(each, ISO_8859_1));
        }
      }
    }
    model.values().removeIf(Map::isEmpty);
  }

  private void expire(String key, Map<String, Timed> hash, int fields) {
    List<String> given = new ArrayList<>();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? fields : 3); i >= 0; i--) {
      given.add(random.nextInt(8) == 0 ? "n" + random.nextInt(3) : field(fields));
    }
    long deadline = clock.millis() + random.nextInt(1_000) - (random.nextInt(10) == 0 ? 900 : 0);
    int condition = CONDITIONS[random.nextInt(CONDITIONS.length)];
    int[] expected = new int[given.size()];
    for (int i = 0; i < expected.length; i++) {
      Timed old = hash.get(given.get(i));
      expected[i] = old == null ? -2 : !KeyOps.allows(condition, old.deadline, deadline) ? 0 : deadline <= clock.millis() ? 2 : 1;
      if (expected[i] == 2) {
        hash.remove(given.get(i));
      } else if (expected[i] == 1) {
        hash.put(given.get(i), new Timed(old.value, deadline));
      }
    }
    assertThat(HashOps.expire(db, slice(key), slices(given.toArray(new String[0])), 0, deadline, condition))
        .as("seed %d", seed).isEqualTo(expected);
  }

  private Map<String, Timed> read(Database from, String key) {
    Map<String, Timed> found = new TreeMap<>();
    ValueList out = new ValueList();
    HashOps.entries(from, slice(key), out);
    for (int i = 0; i < out.all().size(); i += 2) {
      String field = new String(out.all().get(i), ISO_8859_1);
      found.put(field, new Timed(new String(out.all().get(i + 1), ISO_8859_1),
          HashOps.deadlines(from, slice(key), slices(field), 0)[0]));
    }
    return found;
  }

  private void assertSame() {
    for (String key : List.of("h0", "h1", "h2", "h3")) {
      Map<String, Timed> hash = model.getOrDefault(key, Map.of());
      assertThat(read(db, key)).as("seed %d", seed).isEqualTo(hash);
      assertThat(HashOps.size(db, slice(key))).as("seed %d", seed).isEqualTo(hash.size());
      List<String> met = new ArrayList<>();
      long cursor = 0;
      do {
        ValueList out = new ValueList();
        cursor = HashOps.scan(db, slice(key), cursor, 10, null, out);
        for (int i = 0; i < out.all().size(); i += 2) {
          met.add(new String(out.all().get(i), ISO_8859_1));
        }
      } while (cursor != 0);
      assertThat(new TreeSet<>(met)).as("seed %d", seed).isEqualTo(new TreeSet<>(hash.keySet()));
    }
  }

  private void assertEffectsLeaveTheSame() {
    try (Engine other = Engine.open(Engines.settings(1, clock))) {
      other.loading(true);
      Replay replay = new Replay(other);
      for (byte[] unit : units.toArray(new byte[0][])) {
        replay.apply(unit, 0, unit.length);
      }
      for (String key : List.of("h0", "h1", "h2", "h3")) {
        assertThat(read(other.database(0), key)).as("seed %d", seed).isEqualTo(model.getOrDefault(key, Map.of()));
        assertThat(KeyOps.encoding(other.database(0), slice(key))).as("seed %d", seed).isEqualTo(KeyOps.encoding(db, slice(key)));
      }
    }
  }

  @Test void aFieldGoesOnTime_withItsEvents_andTheLastOneTakesTheKey() {
    List<String> events = new ArrayList<>();
    HashOps.set(db, slice("h"), slices("a", "1", "b", "2"), 0);
    Runnable look = () -> {
      ValueList out = new ValueList();
      HashOps.fields(db, slice("h"), out);
      events.add(out.all().size() + " of " + KeyOps.size(db));
    };
    HashOps.expire(db, slice("h"), slices("a"), 0, clock.millis() + 10, 0);
    HashOps.expire(db, slice("h"), slices("b"), 0, clock.millis() + 20, 0);
    assertThat(KeyOps.encoding(db, slice("h"))).isEqualTo("listpackex");
    assertThat(engine.upkeep()).isLessThanOrEqualTo(clock.millis() + 10);
    look.run();
    clock.step(10);
    look.run();
    engine.upkeep();
    look.run();
    clock.step(10);
    look.run();
    engine.upkeep();
    look.run();
    assertThat(events).containsExactly("2 of 1", "1 of 1", "1 of 1", "0 of 1", "0 of 0");
  }

  @Test void manyFieldsThatAreDueAtOnce_goBitByBit() {
    Slices pairs = new Slices();
    Slices fields = new Slices();
    for (int i = 0; i < 5_000; i++) {
      pairs.add(("f" + i).getBytes(ISO_8859_1));
      pairs.add(("f" + i).getBytes(ISO_8859_1));
      fields.add(("f" + i).getBytes(ISO_8859_1));
    }
    HashOps.set(db, slice("h"), pairs, 0);
    HashOps.expire(db, slice("h"), fields, 0, clock.millis() + 10, 0);
    clock.step(10);
    assertThat(HashOps.size(db, slice("h"))).isZero();
    for (int looks = 0; KeyOps.size(db) > 0; looks++) {
      assertThat(looks).isLessThan(100);
      engine.upkeep();
      clock.step(1);
    }
    assertThat(engine.memory().usedBytes()).isLessThan(200_000);
  }

  @Test void aHashWithoutThem_takesNoByteMore() {
    HashOps.set(db, slice("h"), slices("a", "1"), 0);
    assertThat(KeyOps.encoding(db, slice("h"))).isEqualTo("listpack");
    assertThat(engine.upkeep()).isEqualTo(Deadline.NONE);
  }
}
