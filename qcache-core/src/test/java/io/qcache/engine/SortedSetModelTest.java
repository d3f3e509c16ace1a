package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.EvictionPolicy;
import io.qcache.FakeClock;
import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.collection.Integers;
import io.qcache.engine.SortedSetCombination.Aggregate;
import io.qcache.engine.SortedSetCombination.Kind;
import io.qcache.keyspace.Allocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations on few sorted sets, small and large, against maps of the JDK; with snapshots, expiry and eviction between. */
class SortedSetModelTest {
  private static final String[] KEYS = {"a", "b", "c", "d", "e", "f"};
  private static final Comparator<Map.Entry<String, Double>> ORDER =
      Comparator.<Map.Entry<String, Double>>comparingDouble(each -> each.getValue() + 0.0).thenComparing(Map.Entry::getKey);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final FakeClock clock = new FakeClock();
  private final Map<String, Map<String, Double>> model = new TreeMap<>();
  private final Map<String, Long> deadlines = new HashMap<>();
  private final List<Given> later = new ArrayList<>(); // replies in progress
  private Engine engine;
  private Database db;

  @AfterEach void close() {
    Allocation.failAfter(-1);
    later.forEach(Given::finish);
    engine.close();
  }

  /** A sink that keeps producers, to take what they give when other things have happened. */
  private final class Given implements ScoredSink {
    private final List<String> given = new ArrayList<>();
    private List<String> expected;
    private Producer producer;
    private long announced = -1;

    @Override public void key(Slice key) {
      given.add(key.toString());
    }

    @Override public void begin(long members) {
      announced = members;
    }

    @Override public void member(byte[] array, int from, int length, double score) {
      given.add(text(new String(array, from, length, ISO_8859_1), score));
    }

    @Override public void produce(Producer one) {
      producer = one;
    }

    void expect(List<String> all) {
      expected = all;
      if (producer == null || random.nextBoolean()) {
        finish();
      } else {
        later.add(this);
      }
    }

    List<String> all() {
      if (producer != null) {
        try (Producer one = producer) {
          while (one.give(null, 1 + random.nextInt(2_000))) {
            Thread.onSpinWait();
          }
        }
        producer = null;
      }
      return given;
    }

    void finish() {
      List<String> all = all();
      if (expected != null) {
        assertThat(all).as("seed " + seed).isEqualTo(expected);
        assertThat(announced).isIn((long) all.size(), all.size() - 1L, -1L);
      }
    }
  }

  private static String text(String member, double score) {
    return member + "=" + (score + 0.0);
  }

  private static List<String> texts(List<Map.Entry<String, Double>> members) {
    return members.stream().map(each -> text(each.getKey(), each.getValue())).toList();
  }

  private Map<String, Double> set(String key) {
    return model.getOrDefault(key, Map.of());
  }

  private List<Map.Entry<String, Double>> ordered(String key) {
    return ordered(set(key));
  }

  private static List<Map.Entry<String, Double>> ordered(Map<String, Double> set) {
    return set.entrySet().stream().map(each -> Map.entry(each.getKey(), each.getValue())).sorted(ORDER).toList();
  }

  private void put(String key, Map<String, Double> set) {
    if (set.isEmpty()) {
      model.remove(key);
      deadlines.remove(key);
    } else {
      model.put(key, set);
    }
  }

  private void check(Object given, Object expected, String about) {
    assertThat(given).as("%s, seed %d", about, seed).isEqualTo(expected);
  }

  private String key() {
    return KEYS[random.nextInt(KEYS.length)];
  }

  private String member() {
    return switch (random.nextInt(13)) {
      case 0 -> "";
      case 1 -> "\u00ff" + (char) random.nextInt(256);
      case 2 -> "long" + "x".repeat(random.nextInt(random.nextInt(200) == 0 ? 70_000 : 1_000));
      case 3, 4, 5 -> "m" + random.nextInt(30);
      case 6, 7, 8 -> Integers.text(random);
      default -> "member" + random.nextInt(600);
    };
  }

  private double score() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextDouble() * 10;
      case 1 -> random.nextInt(5) == 0 ? (random.nextBoolean() ? Double.POSITIVE_INFINITY : -1e300) : 0;
      default -> random.nextInt(41) - 20;
    };
  }

  private Slices slices(List<String> texts) {
    Slices slices = new Slices();
    texts.forEach(each -> slices.add(each.getBytes(ISO_8859_1)));
    return slices;
  }

  private static Slice latin(String text) {
    return new Slice().wrap(text.getBytes(ISO_8859_1));
  }

  // Operations, each on both

  private void operation() {
    String key = key();
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> add(key);
      case 5 -> increment(key, member(), score());
      case 6, 7 -> remove(key);
      case 8 -> ask(key, member());
      case 9 -> range(key);
      case 10 -> {
        if (random.nextInt(4) == 0) {
          removeRange(key);
        }
      }
      case 11 -> pop(key);
      case 12 -> {
        if (random.nextInt(3) == 0) {
          store(key(), key);
        }
      }
      case 13 -> combine();
      case 14 -> random(key);
      case 15 -> scan(key);
      case 16 -> other(key);
      case 17 -> {
        if (random.nextInt(20) == 0) {
          snapshot();
        }
      }
      default -> runOutOfMemory(key);
    }
  }

  private void add(String key) {
    int options = random.nextInt(3) == 0 ? new int[] {SortedSetOps.IF_ABSENT, SortedSetOps.IF_PRESENT, SortedSetOps.IF_GREATER,
        SortedSetOps.IF_LESS, SortedSetOps.IF_PRESENT | SortedSetOps.IF_LESS}[random.nextInt(5)] : 0;
    options |= random.nextBoolean() ? SortedSetOps.COUNT_CHANGED : 0;
    int n = random.nextInt(10) == 0 ? random.nextInt(300) : 1 + random.nextInt(5);
    List<String> args = new ArrayList<>(List.of("before those that count"));
    double[] scores = new double[n];
    Map<String, Double> set = new HashMap<>(set(key));
    long added = 0;
    long changed = 0;
    for (int i = 0; i < n; i++) {
      String member = member();
      scores[i] = score();
      args.add("a score");
      args.add(member);
      Double old = set.get(member);
      boolean fits = old == null ? (options & SortedSetOps.IF_PRESENT) == 0
          : (options & SortedSetOps.IF_ABSENT) == 0 && ((options & SortedSetOps.IF_GREATER) == 0 || scores[i] > old)
              && ((options & SortedSetOps.IF_LESS) == 0 || scores[i] < old);
      if (fits && (old == null || old != scores[i])) {
        added += old == null ? 1 : 0;
        changed++;
        set.put(member, scores[i]);
      }
    }
    long given = SortedSetOps.add(db, slice(key), scores, slices(args), 2, 2, options);
    put(key, set);
    check(given, (options & SortedSetOps.COUNT_CHANGED) != 0 ? changed : added, "add " + key + " " + args);
  }

  private void increment(String key, String member, double by) {
    Double old = set(key).get(member);
    double sum = old == null ? by : old + by;
    try {
      check(SortedSetOps.increment(db, slice(key), by, latin(member), 0), sum, "increment " + key);
      Map<String, Double> set = new HashMap<>(set(key));
      set.put(member, sum);
      put(key, set);
    } catch (Signal signal) {
      check(Double.isNaN(sum) ? Failure.SCORE_NOT_A_NUMBER : signal, signal.failure(), "increment " + key);
    }
  }

  private void remove(String key) {
    List<String> members = new ArrayList<>(List.of("not this one"));
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      members.add(set(key).isEmpty() || random.nextBoolean() ? member()
          : ordered(key).get(random.nextInt(set(key).size())).getKey());
    }
    Map<String, Double> set = new HashMap<>(set(key));
    set.keySet().removeAll(members.subList(1, members.size()));
    long expected = set(key).size() - set.size();
    check(SortedSetOps.remove(db, slice(key), slices(members), 1), expected, "remove " + key);
    put(key, set);
  }

  private void ask(String key, String member) {
    List<Map.Entry<String, Double>> all = ordered(key);
    int at = all.stream().map(Map.Entry::getKey).toList().indexOf(member);
    check(SortedSetOps.rank(db, slice(key), latin(member), false), (long) at, "rank");
    check(SortedSetOps.rank(db, slice(key), latin(member), true), at < 0 ? -1L : all.size() - 1L - at, "rank from the end");
    double score = at < 0 ? Double.NaN : all.get(at).getValue();
    check(SortedSetOps.score(db, slice(key), latin(member)) + 0.0, score + 0.0, "score"); // a small set keeps no sign of a zero
    check(SortedSetOps.size(db, slice(key)), (long) all.size(), "size");
  }

  /** A range, and in {@code expected} what lies in it. */
  private MemberRange range(String key, List<Map.Entry<String, Double>> expected) {
    List<Map.Entry<String, Double>> all = new ArrayList<>(ordered(key));
    boolean backwards = random.nextBoolean();
    MemberRange range;
    if (random.nextBoolean()) {
      long first = random.nextInt(400) - 200;
      long last = random.nextInt(3) == 0 ? -1 : first + random.nextInt(300);
      if (backwards) {
        Collections.reverse(all);
      }
      for (int i = 0; i < all.size(); i++) {
        if (i >= (first < 0 ? first + all.size() : first) && i <= (last < 0 ? last + all.size() : last)) {
          expected.add(all.get(i));
        }
      }
      range = MemberRange.ranks(first, last);
    } else {
      double least = score();
      double most = least + random.nextInt(12);
      boolean leastExcluded = random.nextBoolean();
      boolean mostExcluded = random.nextBoolean();
      for (Map.Entry<String, Double> each : all) {
        double score = each.getValue();
        if ((leastExcluded ? score > least : score >= least) && (mostExcluded ? score < most : score <= most)) {
          expected.add(each);
        }
      }
      range = MemberRange.scores(least, leastExcluded, most, mostExcluded);
      if (backwards) {
        Collections.reverse(expected);
      }
      if (random.nextInt(3) == 0) {
        int skipped = random.nextInt(10);
        int count = random.nextInt(20) - 1;
        int from = Math.min(skipped, expected.size());
        List<Map.Entry<String, Double>> part =
            List.copyOf(expected.subList(from, count < 0 ? expected.size() : Math.min(expected.size(), from + count)));
        expected.clear();
        expected.addAll(part);
        range.limit(skipped, count);
      }
    }
    return backwards ? range.reversed() : range;
  }

  private void range(String key) {
    List<Map.Entry<String, Double>> expected = new ArrayList<>();
    MemberRange range = range(key, expected);
    Given out = new Given();
    SortedSetOps.range(db, slice(key), range, out);
    out.expect(texts(expected));
    check(SortedSetOps.count(db, slice(key), range), (long) expected.size(), "count " + key);
  }

  private void removeRange(String key) {
    List<Map.Entry<String, Double>> expected = new ArrayList<>();
    MemberRange range = range(key, expected);
    check(SortedSetOps.remove(db, slice(key), range), (long) expected.size(), "remove a range of " + key);
    Map<String, Double> set = new HashMap<>(set(key));
    expected.forEach(each -> set.remove(each.getKey()));
    put(key, set);
  }

  private void pop(String key) {
    boolean greatest = random.nextBoolean();
    int count = random.nextInt(random.nextInt(10) == 0 ? 2_000 : 5);
    List<Map.Entry<String, Double>> expected = new ArrayList<>(ordered(key));
    if (greatest) {
      Collections.reverse(expected);
    }
    expected = expected.subList(0, Math.min(count, expected.size()));
    Given out = new Given();
    if (random.nextBoolean()) {
      SortedSetOps.pop(db, slice(key), greatest, count, out);
      out.expect(texts(expected));
    } else {
      boolean found = SortedSetOps.popFirst(db, slices(List.of("x", "nothing", key)), 1, 2, greatest, count, out);
      check(found, model.containsKey(key), "pop " + key);
      List<String> all = new ArrayList<>(found ? List.of(key) : List.of());
      all.addAll(texts(expected));
      out.expect(all);
    }
    Map<String, Double> set = new HashMap<>(set(key));
    expected.forEach(each -> set.remove(each.getKey()));
    put(key, set);
  }

  private void store(String to, String key) {
    List<Map.Entry<String, Double>> expected = new ArrayList<>();
    MemberRange range = range(key, expected);
    check(SortedSetOps.store(db, slice(to), slice(key), range), (long) expected.size(), "store " + key);
    stored(to, new HashMap<>());
    expected.forEach(each -> model.computeIfAbsent(to, none -> new HashMap<>()).put(each.getKey(), each.getValue()));
  }

  private void stored(String to, Map<String, Double> set) {
    put(to, set);
    deadlines.remove(to);
  }

  private void combine() {
    Kind kind = Kind.values()[random.nextInt(3)];
    Aggregate aggregate = Aggregate.values()[random.nextInt(3)];
    List<String> keys = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      keys.add(key());
    }
    SortedSetCombination combination = new SortedSetCombination(kind, slices(keys), 0, keys.size()).aggregate(aggregate);
    int[] weights = new int[keys.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = kind == Kind.DIFFERENCE ? 1 : random.nextInt(5) - 1;
      combination.weight(i, weights[i]);
    }
    Map<String, List<Double>> scores = new HashMap<>();
    IntStream.range(0, weights.length).boxed().sorted(Comparator.comparingInt(i -> set(keys.get(i)).size())).forEach(i ->
        set(keys.get(i)).forEach((member, score) -> scores.computeIfAbsent(member, none -> new ArrayList<>())
            .add(Double.isNaN(weights[i] * score) && kind == Kind.UNION ? 0 : weights[i] * score)));
    Map<String, Double> expected = new HashMap<>();
    scores.forEach((member, all) -> {
      boolean isIn = switch (kind) {
        case UNION -> true;
        case INTERSECTION -> all.size() == keys.size();
        case DIFFERENCE -> all.size() == 1 && set(keys.get(0)).containsKey(member);
      };
      if (isIn) {
        expected.put(member, all.stream().reduce((first, other) -> {
          double one = Double.isNaN(first) ? 0 : first;
          return switch (aggregate) {
            case SUM -> Double.isNaN(one + other) ? 0 : one + other;
            case MIN -> other < one ? other : one;
            case MAX -> other > one ? other : one;
          };
        }).map(one -> Double.isNaN(one) ? 0 : one).orElseThrow());
      }
    });
    if (random.nextBoolean()) {
      String to = key();
      check(SortedSetOps.store(db, slice(to), combination), (long) expected.size(), "store " + kind + keys);
      stored(to, expected);
      check(state(to), texts(ordered(to)), kind + " " + keys);
    } else {
      Given out = new Given();
      SortedSetOps.combine(db, combination, out);
      out.expect(texts(ordered(expected)));
    }
    if (kind == Kind.INTERSECTION) {
      long limit = random.nextInt(100);
      check(SortedSetOps.intersectionSize(db, combination, limit),
          limit == 0 ? (long) expected.size() : Math.min(limit, expected.size()), "size of " + keys);
    }
  }

  private void random(String key) {
    int count = random.nextInt(200) - 100;
    Given out = new Given();
    SortedSetOps.random(db, slice(key), count, out);
    List<String> all = out.all();
    check(new HashSet<>(texts(ordered(key))).containsAll(all), true, "random " + key);
    check(all.size(), set(key).isEmpty() ? 0 : count < 0 ? -count : Math.min(count, set(key).size()), "random " + key);
    if (count > 0) {
      check(new HashSet<>(all).size(), all.size(), "different ones of " + key);
    }
    check(SortedSetOps.random(db, slice(key), out), model.containsKey(key), "one at random of " + key);
  }

  private void scan(String key) {
    Given out = new Given();
    long cursor = 0;
    do {
      cursor = SortedSetOps.scan(db, slice(key), cursor, 1 + random.nextInt(50), null, out);
    } while (cursor != 0);
    check(out.given.stream().sorted().distinct().toList(), texts(ordered(key)).stream().sorted().toList(), "scan " + key);
  }

  /** What is done to keys of any type. */
  private void other(String key) {
    String to = key();
    switch (random.nextInt(8)) {
      case 0 -> {
        if (!key.equals(to) && KeyOps.copy(db, slice(key), db, slice(to), true)) {
          stored(to, new HashMap<>(set(key)));
          if (deadlines.containsKey(key)) {
            deadlines.put(to, deadlines.get(key));
          }
        }
      }
      case 1 -> {
        if (!key.equals(to) && model.containsKey(key)) {
          KeyOps.rename(db, slice(key), slice(to), false);
          Long at = deadlines.remove(key);
          stored(to, model.remove(key));
          if (at != null) {
            deadlines.put(to, at);
          }
        }
      }
      case 2, 3 -> {
        long at = clock.millis() + 1 + random.nextInt(200);
        if (KeyOps.expire(db, slice(key), at, 0)) {
          deadlines.put(key, at);
        }
      }
      case 4 -> check(KeyOps.type(db, slice(key)), model.containsKey(key) ? ValueType.SORTED_SET : null, "type " + key);
      default -> {
        clock.step(random.nextInt(40));
        List.copyOf(deadlines.keySet()).stream().filter(each -> deadlines.get(each) <= clock.millis())
            .forEach(each -> put(each, Map.of()));
        if (random.nextBoolean()) {
          engine.upkeep();
        }
      }
    }
  }

  /** One change whose n-th allocation fails: it is done or it is not. */
  private void runOutOfMemory(String key) {
    Allocation.failAfter(random.nextInt(5));
    try {
      switch (random.nextInt(3)) {
        case 0 -> increment(key, member(), 1);
        case 1 -> pop(key);
        default -> removeRange(key);
      }
    } catch (OutOfMemoryError failed) {
      Allocation.failAfter(-1);
      check(state(key), texts(ordered(key)), "after memory ran out");
    } finally {
      Allocation.failAfter(-1);
    }
  }

  /** A snapshot that is of the moment it begins, though others write meanwhile. */
  private void snapshot() {
    Map<String, List<String>> expected = new HashMap<>();
    model.keySet().forEach(each -> expected.put(each, texts(ordered(each))));
    Map<String, List<String>> given = new HashMap<>();
    engine.snapshot(new SnapshotSink() {
      private String key;
      private String member;
      private boolean due; // and gone for the model, but not swept away

      @Override public void key(int database, ValueType type, long deadlineMillis, Slice name) {
        key = name.toString();
        due = deadlineMillis != Deadline.NONE && deadlineMillis <= clock.millis();
        for (int i = 0; i < 30; i++) {
          add(SortedSetModelTest.this.key());
          remove(SortedSetModelTest.this.key());
        }
      }

      @Override public void elements(long count) {
        if (due) {
          return;
        }
        given.put(key, new ArrayList<>());
        check(count, 2L * expected.get(key).size(), "elements of " + key);
      }

      @Override public void value(byte[] array, int offset, int length) {
        if (due) {
          return;
        }
        if (member == null) {
          member = new String(array, offset, length, ISO_8859_1);
        } else {
          long bits = java.nio.ByteBuffer.wrap(array, offset, 8).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
          given.get(key).add(text(member, Double.longBitsToDouble(bits)));
          member = null;
        }
      }

      @Override public void begin(int length) {
        throw new AssertionError("no part of a sorted set comes in parts");
      }

      @Override public void part(byte[] array, int offset, int length) {}

      @Override public void missing() {}

      @Override public long mark() {
        return 0;
      }

      @Override public void rewind(long mark) {}
    });
    check(given, expected, "snapshot");
  }

  // What there is

  private List<Map.Entry<String, Double>> given(String key) {
    List<Map.Entry<String, Double>> given = new ArrayList<>();
    MemberVisitor out = (array, from, length, score) -> given.add(Map.entry(new String(array, from, length, ISO_8859_1), score));
    try (RankingRead read = new RankingRead(db, slice(key))) {
      if (read.set() != null) {
        read.set().visit(0, read.set().size(), false, out);
        if (read.set() instanceof io.qcache.collection.LargeSortedSet large) {
          large.check();
        }
      }
    }
    return given;
  }

  private List<String> state(String key) {
    return texts(given(key));
  }

  private void checkState() {
    for (String key : KEYS) {
      check(state(key), texts(ordered(key)), "state of " + key);
      check(KeyOps.deadline(db, slice(key)),
          model.containsKey(key) ? deadlines.getOrDefault(key, Deadline.NONE) : (Long) Deadline.MISSING, "deadline of " + key);
    }
  }

  @ParameterizedTest @CsvSource({"1, 268435456", "4, 268435456", "2, 400000"})
  void everyOperation_doesWhatMapsDo(int stripes, long maxBytes) {
    engine = Engine.open(Engines.settings(stripes, clock).random(new Random(seed)).maxBytes(maxBytes)
        .hashKey(random.nextLong(), random.nextLong()).evictionPolicy(EvictionPolicy.ALLKEYS_LRU));
    db = engine.database(0);
    for (int i = 0; i < 600; i++) {
      long evicted = engine.evictedKeys();
      int waiting = later.size();
      try {
        operation();
      } catch (Signal noRoom) {
        check(noRoom.failure(), Failure.MEMORY_LIMIT, "a signal");
      } catch (AssertionError perhaps) { // something was dropped under the operation
        if (engine.evictedKeys() == evicted) {
          throw perhaps;
        }
      }
      if (engine.evictedKeys() > evicted) {
        later.subList(waiting, later.size()).forEach(each -> each.expected = null);
        for (String key : KEYS) {
          Map<String, Double> left = new HashMap<>();
          given(key).forEach(each -> left.put(each.getKey(), each.getValue()));
          put(key, left);
          long at = KeyOps.deadline(db, slice(key));
          deadlines.remove(key);
          if (at != Deadline.NONE && at != Deadline.MISSING) {
            deadlines.put(key, at);
          }
        }
      }
      if (i % 100 == 0) {
        checkState();
      }
      while (later.size() > random.nextInt(20)) {
        later.remove(random.nextInt(later.size())).finish();
      }
    }
    checkState();
  }
}
