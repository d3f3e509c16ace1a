package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.EvictionPolicy;
import io.qcache.FakeClock;
import io.qcache.Failure;
import io.qcache.ListEnd;
import io.qcache.ValueType;
import io.qcache.collection.Integers;
import io.qcache.collection.ListValue;
import io.qcache.keyspace.Allocation;
import io.qcache.keyspace.Section;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on few lists, small and large, against lists of the JDK; with snapshots, expiry and eviction between. */
class ListModelTest {
  private static final String[] KEYS = {"a", "b", "c", "d", "e", "f", "g", "h"};
  private static final long[] PLACES =
      {0, 1, 2, 3, 5, -1, -2, -3, 60, 127, 128, 129, -100, 500, -400, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1};

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final FakeClock clock = new FakeClock();
  private final Map<String, List<String>> model = new TreeMap<>();
  private final Map<String, Long> deadlines = new TreeMap<>();
  private final Deque<Later> later = new ArrayDeque<>();
  private Engine engine;
  private Database db;
  private boolean evicts;
  private boolean runsOut; // of memory

  @AfterEach void allSucceed() {
    Allocation.failAfter(-1);
    later.forEach(Later::finish);
    if (engine != null) {
      engine.close();
    }
  }

  private void open(int stripes, long bound, EvictionPolicy policy) {
    engine = Engine.open(Engines.settings(stripes, clock).random(new Random(seed)).maxBytes(bound).evictionPolicy(policy)
        .hashKey(random.nextLong(), random.nextLong()));
    db = engine.database(0);
    evicts = policy != EvictionPolicy.NOEVICTION;
  }

  /** A sink that keeps producers, to take what they give when other things have happened. */
  private final class Later implements Sink {
    private final ValueList values = new ValueList();
    private final List<Producer> producers = new ArrayList<>();
    private List<String> expected;
    private String about;
    private long elements = -1;

    @Override public void value(byte[] array, int offset, int length) {
      values.value(array, offset, length);
    }

    @Override public void begin(int length) {
      values.begin(length);
    }

    @Override public void part(byte[] array, int offset, int length) {
      values.part(array, offset, length);
    }

    @Override public void elements(long count) {
      elements = count;
    }

    @Override public void produce(Producer producer) {
      producers.add(producer);
    }

    @Override public void missing() {
      values.missing();
    }

    @Override public long mark() {
      return values.mark();
    }

    @Override public void rewind(long mark) {
      values.rewind(mark);
    }

    void expect(List<String> all, String what) {
      expected = all;
      about = what + ", seed " + seed;
      if (producers.isEmpty()) {
        finish();
      } else {
        later.add(this);
      }
    }

    void finish() {
      for (Producer each : producers) {
        try (each) {
          while (each.give(this, 1 + random.nextInt(100_000))) {
            Thread.onSpinWait();
          }
        }
      }
      if (expected != null) {
        assertThat(texts(values)).as(about).isEqualTo(expected);
        assertThat(elements).as(about).isIn(-1L, (long) expected.size(), expected.size() - 1L);
      }
    }
  }

  private static List<String> texts(ValueList values) {
    List<String> texts = new ArrayList<>();
    values.all().forEach(each -> texts.add(each == null ? null : new String(each, ISO_8859_1)));
    return texts;
  }

  private String key() {
    return KEYS[random.nextInt(KEYS.length)];
  }

  private String element() {
    return switch (random.nextInt(15)) {
      case 0 -> "";
      case 1 -> "x".repeat(random.nextInt(300));
      case 2 -> random.nextInt(6) == 0 ? "y".repeat(random.nextInt(random.nextInt(6) == 0 ? 200_000 : 3_000)) : "y";
      case 3, 4, 5 -> "element-" + random.nextInt(1_000_000);
      case 6, 7, 8 -> Integers.text(random);
      default -> Character.toString('p' + random.nextInt(4));
    };
  }

  private long place() {
    return random.nextBoolean() ? random.nextInt(300) - 150 : PLACES[random.nextInt(PLACES.length)];
  }

  private ListEnd end() {
    return random.nextBoolean() ? ListEnd.FIRST : ListEnd.LAST;
  }

  private static Slice slice(String text) {
    return new Slice().wrap(("<" + text + ">").getBytes(ISO_8859_1), 1, text.length());
  }

  private static Slices slices(List<String> texts) {
    Slices slices = new Slices();
    texts.forEach(each -> slices.add(each.getBytes(ISO_8859_1)));
    return slices;
  }

  // The model

  private List<String> list(String key) {
    return model.getOrDefault(key, List.of());
  }

  /** Index or place of the element that an index means. */
  private static long index(long index, List<String> list) {
    return index < 0 ? index + list.size() : index;
  }

  private static List<String> range(List<String> list, long first, long last) {
    List<String> range = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (i >= index(first, list) && i <= index(last, list)) {
        range.add(list.get(i));
      }
    }
    return range;
  }

  private void put(String key, List<String> list) {
    if (list.isEmpty()) {
      model.remove(key);
      deadlines.remove(key);
    } else {
      model.put(key, list);
    }
  }

  private List<String> popped(String key, ListEnd end, long count) {
    List<String> left = new ArrayList<>(list(key));
    List<String> popped = new ArrayList<>();
    while (popped.size() < count && !left.isEmpty()) {
      popped.add(left.remove(end == ListEnd.FIRST ? 0 : left.size() - 1));
    }
    put(key, left);
    return popped;
  }

  private void pushed(String key, List<String> elements, ListEnd end) {
    List<String> list = new ArrayList<>(list(key));
    elements.forEach(each -> list.add(end == ListEnd.FIRST ? 0 : list.size(), each));
    put(key, list);
  }

  private List<Long> found(String key, String wanted, ListEnd from, long nth, long most, long among) {
    List<Long> found = new ArrayList<>();
    List<String> list = list(key);
    long skipped = 1;
    for (int n = 0; n < list.size() && n < among; n++) {
      int at = from == ListEnd.FIRST ? n : list.size() - 1 - n;
      if (list.get(at).equals(wanted) && skipped++ >= nth && found.size() < most) {
        found.add((long) at);
      }
    }
    return found;
  }

  // The operations, each on both

  /** What the operation answers, or the failure that it signals; that there is no room is no answer. */
  private static Object answer(Supplier<Object> operation) {
    try {
      return operation.get();
    } catch (Signal signal) {
      if (signal.failure() == Failure.MEMORY_LIMIT) {
        throw signal;
      }
      return signal.failure();
    }
  }

  private void operation() {
    String key = key();
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> push(key);
      case 3 -> popOne(key, end());
      case 4 -> pop(key, end(), random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(90));
      case 5 -> popFirst(end(), 1 + random.nextInt(random.nextInt(3) == 0 ? 500 : 5));
      case 6 -> range(key, place(), place());
      case 7 -> get(key, place());
      case 8 -> find(key, element(), end());
      case 9 -> set(key, place(), element());
      case 10, 11 -> insert(key, element(), element());
      case 12 -> remove(key, element(), random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(6), end());
      case 13 -> trim(key, place(), place());
      case 14 -> move(key, end(), key(), end());
      default -> {
        if (random.nextInt(40) == 0) {
          other(key);
        }
      }
    }
  }

  private void check(Object given, Object expected, String about) {
    assertThat(given).as(about + ", seed " + seed).isEqualTo(expected);
  }

  private void push(String key) {
    List<String> elements = new ArrayList<>();
    for (int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 80 : 4); n > 0; n--) {
      elements.add(element());
    }
    ListEnd end = end();
    boolean ifPresent = random.nextInt(4) == 0;
    elements.add(0, "before those that count");
    long given = ListOps.push(db, slice(key), slices(elements), 1, end, ifPresent);
    if (!ifPresent || model.containsKey(key)) {
      pushed(key, elements.subList(1, elements.size()), end);
    }
    check(given, (long) list(key).size(), "push " + key + " " + elements.size() + " " + end);
  }

  private void popOne(String key, ListEnd end) {
    Later out = new Later();
    ListOps.pop(db, slice(key), end, out);
    List<String> popped = popped(key, end, 1);
    out.expect(popped.isEmpty() ? Collections.singletonList(null) : popped, "pop " + key + " " + end);
  }

  private void pop(String key, ListEnd end, long count) {
    Later out = new Later();
    boolean given = ListOps.pop(db, slice(key), end, count, out);
    check(given, model.containsKey(key), "pop " + key);
    out.expect(popped(key, end, count), "pop " + key + " " + end + " " + count);
  }

  private void popFirst(ListEnd end, long count) {
    List<String> keys = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      keys.add(key());
    }
    Later out = new Later();
    boolean given = ListOps.popFirst(db, slices(keys), 0, keys.size(), end, count, out);
    String found = keys.stream().filter(model::containsKey).findFirst().orElse(null);
    check(given, found != null, "popFirst " + keys);
    List<String> expected = new ArrayList<>();
    if (found != null) {
      expected.add(found);
      expected.addAll(popped(found, end, count));
    }
    out.expect(expected, "popFirst " + keys + " " + end + " " + count);
  }

  private void range(String key, long first, long last) {
    Later out = new Later();
    ListOps.range(db, slice(key), first, last, out);
    assertThat(out.elements >= 0 || !out.producers.isEmpty()).isTrue();
    out.expect(range(list(key), first, last), "range " + key + " " + first + " " + last);
  }

  private void get(String key, long index) {
    Later out = new Later();
    ListOps.get(db, slice(key), index, out);
    long at = index(index, list(key));
    out.expect(Collections.singletonList(at >= 0 && at < list(key).size() ? list(key).get((int) at) : null),
        "get " + key + " " + index);
  }

  private void find(String key, String wanted, ListEnd from) {
    long nth = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1;
    long most = random.nextInt(3) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(5);
    long among = random.nextInt(3) == 0 ? 1 + random.nextInt(200) : Long.MAX_VALUE;
    List<Long> given = new ArrayList<>();
    for (long each : ListOps.find(db, slice(key), slice(wanted), from, nth, most, among)) {
      given.add(each);
    }
    check(given, found(key, wanted, from, nth, most, among), "find " + key + " " + wanted + " " + from);
  }

  private void set(String key, long index, String element) {
    long at = index(index, list(key));
    Object given = answer(() -> {
      ListOps.set(db, slice(key), index, slice(element));
      return "done";
    });
    boolean fits = at >= 0 && at < list(key).size();
    check(given, !model.containsKey(key) ? Failure.NO_SUCH_KEY : fits ? "done" : Failure.INDEX_OUT_OF_RANGE, "set " + key);
    if (fits) {
      model.get(key).set((int) at, element);
    }
  }

  private void insert(String key, String pivot, String element) {
    boolean before = random.nextBoolean();
    long given = ListOps.insert(db, slice(key), before, slice(pivot), slice(element));
    int at = list(key).indexOf(pivot);
    if (at >= 0) {
      model.get(key).add(before ? at : at + 1, element);
    }
    check(given, !model.containsKey(key) ? 0L : at < 0 ? -1L : list(key).size(), "insert " + key + " " + pivot);
  }

  private void remove(String key, String wanted, long most, ListEnd from) {
    long given = ListOps.remove(db, slice(key), slice(wanted), most, from);
    List<Long> found = found(key, wanted, from, 1, most, Long.MAX_VALUE);
    List<String> left = new ArrayList<>(list(key));
    found.stream().sorted(Collections.reverseOrder()).forEach(at -> left.remove(at.intValue()));
    put(key, left);
    check(given, (long) found.size(), "remove " + key + " " + wanted + " " + most + " " + from);
  }

  private void trim(String key, long first, long last) {
    boolean keepsMost = random.nextInt(3) > 0;
    long from = keepsMost ? random.nextInt(3) : first;
    long to = keepsMost ? -1 - random.nextInt(3) : last;
    ListOps.trim(db, slice(key), from, to);
    put(key, range(list(key), from, to));
  }

  private void move(String from, ListEnd fromEnd, String to, ListEnd toEnd) {
    Later out = new Later();
    ListOps.move(db, slice(from), fromEnd, slice(to), toEnd, out);
    List<String> popped = popped(from, fromEnd, 1);
    Long deadline = from.equals(to) ? deadlines.get(from) : null;
    if (!popped.isEmpty()) {
      pushed(to, popped, toEnd);
    }
    out.expect(popped.isEmpty() ? Collections.singletonList(null) : popped, "move " + from + " " + to);
    assertThat(deadline).isEqualTo(from.equals(to) ? deadlines.get(from) : null);
  }

  /** What is done to keys of any type. */
  private void other(String key) {
    String to = key();
    switch (random.nextInt(5)) {
      case 0 -> {
        boolean copies = model.containsKey(key) && !key.equals(to);
        check(answer(() -> KeyOps.copy(db, slice(key), db, slice(to), true)),
            key.equals(to) ? Failure.SAME_OBJECT : copies, "copy " + key);
        if (copies) {
          model.put(to, new ArrayList<>(list(key)));
          deadlines.remove(to);
          deadlines.computeIfPresent(key, (each, at) -> deadlines.put(to, at) == null ? at : at);
        }
      }
      case 1 -> {
        if (model.containsKey(key) && !key.equals(to)) {
          KeyOps.rename(db, slice(key), slice(to), false);
          model.put(to, model.remove(key));
          Long at = deadlines.remove(key);
          deadlines.remove(to);
          if (at != null) {
            deadlines.put(to, at);
          }
        }
      }
      case 2 -> {
        long at = clock.millis() + 1 + random.nextInt(50);
        if (KeyOps.expire(db, slice(key), at, 0)) {
          deadlines.put(key, at);
        }
      }
      case 3 -> check(KeyOps.type(db, slice(key)), model.containsKey(key) ? ValueType.LIST : null, "type " + key);
      default -> {
        KeyOps.delete(db, slices(List.of(key)), 0);
        put(key, List.of());
      }
    }
  }

  /** An operation under which keys may be dropped: then the model is what is left, whatever it expected. */
  private void operationThatEvicts() {
    long evicted = engine.evictedKeys();
    int waiting = later.size();
    try {
      operation();
    } catch (Signal noRoom) {
      assertThat(noRoom.failure()).as("seed " + seed).isSameAs(Failure.MEMORY_LIMIT);
    } catch (AssertionError perhaps) {
      if (engine.evictedKeys() == evicted) {
        throw perhaps;
      }
    }
    if (engine.evictedKeys() > evicted) {
      while (later.size() > waiting) {
        later.peekLast().expected = null;
        later.pollLast().finish();
      }
      for (String key : KEYS) {
        ValueList all = new ValueList();
        ListOps.range(db, slice(key), 0, -1, all);
        put(key, texts(all));
        deadlines.compute(key, (same, old) -> {
          long at = KeyOps.deadline(db, slice(key));
          return at == Deadline.MISSING || at == Deadline.NONE ? null : (Long) at;
        });
      }
    }
  }

  private void step() {
    clock.step(random.nextInt(8));
    for (String key : KEYS) {
      if (deadlines.getOrDefault(key, Long.MAX_VALUE) <= clock.millis()) {
        put(key, List.of());
      }
    }
    if (random.nextInt(4) == 0) {
      engine.upkeep();
    }
  }

  /** For who has to read them. */
  private static List<String> shortened(List<String> texts) {
    return texts.stream().map(each -> each.length() < 20 ? each : each.charAt(0) + " * " + each.length()).toList();
  }

  private void checkState() {
    for (String key : KEYS) {
      ValueList all = new ValueList();
      ListOps.range(db, slice(key), 0, -1, all);
      check(shortened(texts(all)), shortened(list(key)), "state of " + key);
      check(ListOps.length(db, slice(key)), (long) list(key).size(), "length of " + key);
      long deadline = deadlines.getOrDefault(key, model.containsKey(key) ? Deadline.NONE : Deadline.MISSING);
      check(KeyOps.deadline(db, slice(key)), deadline, "deadline of " + key);
    }
  }

  /** A snapshot, with operations between its keys. */
  private void snapshot() {
    Map<String, List<String>> then = new TreeMap<>();
    model.forEach((key, list) -> then.put(key, shortened(list)));
    Map<String, List<String>> given = new TreeMap<>();
    engine.snapshot(new SnapshotSink() {
      private final ValueList values = new ValueList();
      private String key;
      private long left;
      private boolean due;

      @Override public void key(int database, ValueType type, long deadlineMillis, Slice of) {
        key = of.toString();
        due = deadlineMillis != Deadline.NONE && deadlineMillis <= clock.millis(); // gone, if not from its page
        assertThat(type).isSameAs(ValueType.LIST);
        for (int i = random.nextInt(6); i > 0; i--) {
          operation();
        }
      }

      @Override public void elements(long count) {
        left = count;
        values.rewind(0);
      }

      @Override public void value(byte[] array, int offset, int length) {
        values.value(array, offset, length);
        if (--left == 0 && !due) {
          given.put(key, shortened(texts(values)));
        }
      }

      @Override public void begin(int length) {
        throw new AssertionError();
      }

      @Override public void part(byte[] array, int offset, int length) {
        throw new AssertionError();
      }

      @Override public void missing() {
        throw new AssertionError();
      }

      @Override public long mark() {
        return 0;
      }

      @Override public void rewind(long mark) {
        throw new AssertionError();
      }
    });
    assertThat(given).as("seed " + seed).isEqualTo(then);
  }

  @ParameterizedTest @CsvSource({"1,67108864,NOEVICTION", "16,67108864,NOEVICTION", "1,262144,ALLKEYS_LRU",
      "4,262144,ALLKEYS_LFU", "2,131072,ALLKEYS_RANDOM"})
  void lists_areWhatListsOfTheJdkAre(int stripes, long bound, EvictionPolicy policy) {
    open(stripes, bound, policy);
    for (int n = 0; n < 4_000; n++) {
      operationThatEvicts();
      if (random.nextInt(10) == 0) {
        step();
      }
      if (random.nextInt(150) == 0) {
        checkState();
      }
      if (!evicts && random.nextInt(200) == 0) {
        snapshot();
      }
      if (later.size() > random.nextInt(6)) {
        later.poll().finish();
      }
    }
    checkState();
    assertThat(evicts || engine.evictedKeys() == 0).as("nothing is evicted where all fits").isTrue();
    later.forEach(Later::finish);
    later.clear();
    KeyOps.clear(db);
    assertThat(engine.memory().usedBytes()).isLessThan(engine.stripes() * (32L << 10));
  }

  /** Whichever allocation fails, the list is as it was before the operation. */
  @ParameterizedTest @ValueSource(longs = {1, 2})
  void whereMemoryFails_nothingHasChanged(long script) {
    int failures = 0;
    boolean failed = true;
    for (long n = 0; failed; n += 1 + n / 12) {
      model.clear();
      deadlines.clear();
      random.setSeed(script);
      open(1, 64 << 20, EvictionPolicy.NOEVICTION);
      runsOut = true;
      failed = historyFails(n);
      failures += failed ? 1 : 0;
      engine.close();
    }
    assertThat(failures).isGreaterThan(15);
  }

  /** Whichever allocation of it fails: the pin that it had taken for its reply would make every change copy for ever. */
  @Test void aPopThatFails_givesItsPinBack() {
    open(1, 64 << 20, EvictionPolicy.NOEVICTION);
    List<String> elements = new ArrayList<>(List.of("before those that count"));
    for (int i = 0; i < 300; i++) {
      elements.add("x".repeat(1_000));
    }
    ListOps.push(db, slice("a"), slices(elements), 1, ListEnd.LAST, false);
    int failures = 0;
    while (later.isEmpty()) {
      Later out = new Later();
      Allocation.failAfter(failures);
      try {
        ListOps.pop(db, slice("a"), ListEnd.FIRST, 150, out);
        assertThat(pins("a")).as("one that succeeds keeps it for its reply").isEqualTo(1);
        later.add(out);
      } catch (OutOfMemoryError expected) {
        assertThat(pins("a")).as("after failure " + failures++).isZero();
        assertThat(ListOps.length(db, slice("a"))).isEqualTo(300);
      } finally {
        Allocation.failAfter(-1);
      }
    }
    assertThat(failures).isGreaterThan(2);
    later.poll().finish();
    assertThat(pins("a")).isZero();
  }

  private int pins(String key) {
    try (Section section = db.write(slice(key))) {
      return ((ListValue) section.records().large(section.find(slice(key)))).elements().pins();
    }
  }

  private boolean historyFails(long n) {
    boolean failed = false;
    Allocation.failAfter(n);
    for (int i = 0; i < 250; i++) {
      try {
        operation();
      } catch (OutOfMemoryError expected) {
        failed = true;
        Allocation.failAfter(-1);
        checkState();
      }
    }
    Allocation.failAfter(-1);
    checkState();
    return failed;
  }
}
