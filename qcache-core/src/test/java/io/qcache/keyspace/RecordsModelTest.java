package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.ValueType;
import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import io.qcache.engine.ValueList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations of all kinds on records, beside a HashMap; the invariants are walked after each. */
class RecordsModelTest {
  private static final int OPERATIONS = 4_000;

  private record Held(byte[] value, long deadlineMillis) {}

  private final Random random = new Random();
  private TestTerms terms;
  private Records records;
  private Map<String, Held> model;
  private int keys;

  @ParameterizedTest @ValueSource(ints = {512, 1024, 16_384, 262_144})
  void anyOperations_leaveWhatAMapWouldHold(int pageBytes) {
    for (int round = 0; round < 6; round++) {
      long seed = new Random().nextLong();
      try {
        run(seed, pageBytes);
      } catch (Throwable failed) {
        throw new AssertionError("seed " + seed + " pages " + pageBytes, failed);
      }
    }
  }

  private void run(long seed, int pageBytes) {
    random.setSeed(seed);
    terms = new TestTerms(pageBytes, random.nextInt(5));
    records = new Records(terms);
    model = new HashMap<>();
    keys = 1 + random.nextInt(200);
    for (int i = 0; i < OPERATIONS; i++) {
      step();
      if (i % 16 == 0 || keys < 20) {
        RecordsInvariants.check(records);
      }
    }
    assertContents();
  }

  private void step() {
    String name = name();
    Slice key = slice(name);
    terms.admission.takesNew = random.nextInt(10) == 0 != terms.admission.takesNew;
    terms.admission.takesBack = random.nextBoolean();
    terms.admission.counts = random.nextBoolean();
    switch (random.nextInt(13)) {
      case 0, 1, 2 -> put(name, key, value(), deadline());
      case 3 -> put(name, key, value(), Deadline.NONE);
      case 4 -> remove(name, key);
      case 5 -> grow(name, key);
      case 6 -> write(name, key);
      case 7 -> setDeadline(name, key);
      case 8 -> move(name, key);
      case 9 -> records.clean(1 + random.nextInt(20));
      case 10 -> advance();
      case 11 -> walk();
      default -> assertHeld(name, key);
    }
  }

  private String name() {
    int n = random.nextInt(keys);
    return n % 17 == 0 ? "k".repeat(250 + n % 10) + n : "key" + n;
  }

  private static Slice slice(String name) {
    return new Slice().wrap(name.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] value() {
    int most = switch (random.nextInt(10)) {
      case 0 -> 3 * terms.largeAbove();
      case 1 -> terms.largeAbove() + 2;
      case 2 -> 1;
      default -> 60;
    };
    byte[] value = new byte[random.nextInt(most)];
    random.nextBytes(value);
    return value;
  }

  private long deadline() {
    return switch (random.nextInt(3)) {
      case 0 -> terms.nowMillis + 1 + random.nextInt(100);
      case 1 -> terms.nowMillis + 1 + Math.abs(random.nextLong() >> 10 + random.nextInt(45));
      default -> Deadline.NONE;
    };
  }

  private void put(String name, Slice key, byte[] value, long deadline) {
    records.put(key, records.locate(key), ValueType.STRING, value, 0, value.length, deadline);
    model.put(name, new Held(value, deadline));
  }

  private void remove(String name, Slice key) {
    int record = records.locate(key);
    assertThat(record != Records.NONE).isEqualTo(model.remove(name) != null);
    if (record != Records.NONE) {
      records.remove(key, record);
    }
  }

  private void grow(String name, Slice key) {
    Held held = model.get(name);
    if (held != null) {
      int length = held.value.length + random.nextInt(random.nextInt(5) == 0 ? 2 * terms.largeAbove() : 20);
      records.grow(key, records.locate(key), length);
      model.put(name, new Held(Arrays.copyOf(held.value, length), held.deadlineMillis));
    }
  }

  private void write(String name, Slice key) {
    Held held = model.get(name);
    if (held != null && held.value.length > 0) {
      int offset = random.nextInt(held.value.length);
      byte[] bytes = new byte[random.nextInt(held.value.length - offset) + 1];
      random.nextBytes(bytes);
      records.write(records.grow(key, records.locate(key), held.value.length), offset, bytes, 0, bytes.length);
      System.arraycopy(bytes, 0, held.value, offset, bytes.length);
    }
  }

  private void setDeadline(String name, Slice key) {
    Held held = model.get(name);
    if (held != null) {
      long deadline = deadline();
      records.setDeadline(key, records.locate(key), deadline);
      model.put(name, new Held(held.value, deadline));
    }
  }

  private void move(String name, Slice key) {
    String other = name();
    Slice to = slice(other);
    Held held = model.get(name);
    if (held == null || other.equals(name)) {
      return;
    }
    boolean moves = random.nextBoolean();
    int record = records.locate(key);
    records.copyTo(records, to, records.locate(to), record, moves);
    model.put(other, new Held(held.value.clone(), held.deadlineMillis));
    if (moves) {
      records.remove(key, record);
      model.remove(name);
    }
  }

  private void advance() {
    terms.nowMillis += random.nextInt(4) == 0 ? Math.abs(random.nextLong() >> 20 + random.nextInt(40)) : random.nextInt(200);
    Set<String> due = new HashSet<>();
    model.forEach((name, held) -> {
      if (held.deadlineMillis <= terms.nowMillis) {
        due.add(name);
      }
    });
    List<String> expired = new ArrayList<>();
    int slice = 1 + random.nextInt(50);
    for (int turns = 0; records.expire(terms.nowMillis, slice, (key, record) -> {
      expired.add(key.toString());
      records.remove(key, record);
    }); turns++) {
      assertThat(turns).as("slices of " + slice).isLessThan(2_000_000);
    }
    assertThat(expired).containsExactlyInAnyOrderElementsOf(due);
    model.keySet().removeAll(due);
    assertThat(records.nextMillis()).isGreaterThan(terms.nowMillis);
    long first = model.values().stream().mapToLong(Held::deadlineMillis).min().orElse(Deadline.NONE);
    assertThat(records.nextMillis()).as("must look before the first deadline").isLessThanOrEqualTo(first);
  }

  private void walk() {
    RecordLog log = records.log();
    int page = random.nextInt(4) == 0 ? log.any(random, random.nextBoolean()) : log.oldest(random.nextBoolean(), random.nextBoolean());
    if (page == RecordLog.NO_PAGE) {
      return;
    }
    byte[] bytes = log.pageOf(page);
    int kept = random.nextInt(4); // of four
    boolean ended = records.walk(page, 1 + random.nextInt(30), (key, record) -> {
      records.touch(key, record);
      int frequency = records.frequency(key, record);
      assertThat(frequency).isBetween(1, 3);
      if (random.nextInt(4) < kept) {
        records.keep(key, record, random.nextBoolean(), frequency - 1);
        assertThat(records.frequency(key, records.locate(key))).isEqualTo(frequency - 1);
        return;
      }
      if (random.nextBoolean()) {
        records.remember(key, log.born(page));
      }
      model.remove(key.toString());
      records.remove(key.kept(), record);
    });
    assertThat(ended).isEqualTo(log.pageOf(page) != bytes);
  }

  private void assertHeld(String name, Slice key) {
    Held held = model.get(name);
    int record = records.locate(key);
    assertThat(record != Records.NONE).as(name).isEqualTo(held != null);
    if (held != null) {
      ValueList out = new ValueList();
      records.give(record, 0, records.length(record), out);
      assertThat(out.only()).isEqualTo(held.value);
      assertThat(records.deadline(record)).isEqualTo(held.deadlineMillis);
      assertThat(records.valueOf(record, new Slice()).copy()).isEqualTo(held.value);
      int from = held.value.length / 3;
      ValueList part = new ValueList();
      records.give(record, from, held.value.length - from, part);
      assertThat(part.only()).isEqualTo(Arrays.copyOfRange(held.value, from, held.value.length));
    }
  }

  private void assertContents() {
    assertThat(records.size()).isEqualTo(model.size());
    model.keySet().forEach(name -> assertHeld(name, slice(name)));
    Set<String> walked = new HashSet<>();
    for (int place = 0; place != Records.END; ) {
      place = records.visitHome(place, record -> assertThat(walked.add(records.keyOf(record, new Slice()).toString())).isTrue());
    }
    assertThat(walked).isEqualTo(model.keySet());
  }
}
