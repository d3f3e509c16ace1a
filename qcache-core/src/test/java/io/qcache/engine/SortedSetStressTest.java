package io.qcache.engine;

import static io.qcache.engine.Engines.slice;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads on few sorted sets, and what must hold meanwhile and afterwards. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SortedSetStressTest {
  private static final long MILLIS = 400;

  private final long seed = System.nanoTime();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private Engine engine;
  private Database db;
  private volatile long endNanos;

  private interface Turn {
    void take(Random random);
  }

  /** What was given, in order. */
  private static final class Given implements ScoredSink {
    private final List<String> members = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private long announced;

    @Override public void begin(long count) {
      announced = count;
    }

    @Override public void member(byte[] array, int from, int length, double score) {
      members.add(new String(array, from, length, UTF_8));
      scores.add(score);
    }

    void check() {
      assertThat(members).hasSize((int) announced);
      assertThat(new HashSet<>(members)).hasSameSizeAs(members);
      for (int i = 1; i < members.size(); i++) {
        double before = scores.get(i - 1);
        assertThat(before < scores.get(i) || (before == scores.get(i) && members.get(i - 1).compareTo(members.get(i)) < 0)).isTrue();
      }
    }
  }

  private void open(int stripes) {
    engine = Engine.open(Engines.settings(stripes, new FakeClock()));
    db = engine.database(0);
  }

  private void thread(Turn turn) {
    Random random = new Random(seed + threads.size());
    threads.add(new Thread(() -> {
      try {
        while (System.nanoTime() < endNanos && failures.isEmpty()) {
          turn.take(random);
        }
      } catch (Throwable failure) {
        failures.add(failure);
      }
    }));
  }

  private void run() {
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    threads.forEach(thread -> {
      thread.setDaemon(true);
      thread.start();
    });
    threads.forEach(Engines::finish);
    assertThat(failures).as("seed %d", seed).isEmpty();
    assertThat(Engines.isFree(engine)).isTrue();
  }

  private Given all(String key) {
    Given given = new Given();
    SortedSetOps.range(db, slice(key), MemberRange.ranks(0, -1), given);
    return given;
  }

  private static Slices slices(List<String> texts) {
    Slices slices = new Slices();
    texts.forEach(each -> slices.add(each.getBytes(UTF_8)));
    return slices;
  }

  @ParameterizedTest @ValueSource(ints = {1, 16})
  void whatIsAdded_isTakenOnce_andEveryReplyIsInOrder(int stripes) {
    open(stripes);
    AtomicLong next = new AtomicLong();
    Set<String> taken = ConcurrentHashMap.newKeySet();
    AtomicLong twice = new AtomicLong();
    for (int i = 0; i < 2; i++) {
      thread(random -> {
        List<String> members = new ArrayList<>();
        for (int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 3); n > 0; n--) {
          members.add(Long.toString(next.getAndIncrement()));
        }
        double[] scores = random.doubles(members.size(), -10, 10).map(Math::rint).toArray();
        SortedSetOps.add(db, slice("set" + random.nextInt(3)), scores, slices(members), 0, 1, 0);
      });
      thread(random -> {
        Given given = new Given();
        if (random.nextBoolean()) {
          SortedSetOps.pop(db, slice("set" + random.nextInt(3)), random.nextBoolean(), random.nextInt(400), given);
        } else {
          SortedSetOps.popFirst(db, slices(List.of("set2", "set0", "set1")), 0, 3, random.nextBoolean(), 1 + random.nextInt(5), given);
        }
        given.members.forEach(each -> twice.addAndGet(taken.add(each) ? 0 : 1));
      });
    }
    thread(random -> all("set" + random.nextInt(3)).check());
    thread(random -> {
      Given given = new Given();
      SortedSetOps.combine(db, new SortedSetCombination(SortedSetCombination.Kind.UNION, slices(List.of("set0", "set1", "set2")), 0, 3),
          given);
      given.check();
    });
    run();
    for (int i = 0; i < 3; i++) {
      Given left = all("set" + i);
      left.check();
      left.members.forEach(each -> twice.addAndGet(taken.add(each) ? 0 : 1));
    }
    assertThat((long) taken.size()).isEqualTo(next.get()).isGreaterThan(100);
    assertThat(twice.get()).isZero();
    engine.close();
  }

  @ParameterizedTest @ValueSource(ints = {20, 1_000})
  void increments_areAllCounted_andASnapshotBesideThem_isOfOneInstant(int members) {
    open(4);
    AtomicLong[] counted = {new AtomicLong(), new AtomicLong()};
    for (int i = 0; i < 2; i++) {
      AtomicLong own = counted[i];
      thread(random -> {
        int by = 1 + random.nextInt(5);
        Slice one = slice("member" + random.nextInt(members));
        Slice other = slice("member" + random.nextInt(members));
        try (Plan held = engine.plan().add(slice("board")).acquire()) { // what one gets, the other loses
          SortedSetOps.increment(db, slice("board"), by, one, 0);
          SortedSetOps.increment(db, slice("board"), -by, other, 0);
        }
        SortedSetOps.increment(db, slice("total"), by, slice("sum"), 0);
        own.addAndGet(by);
      });
    }
    thread(random -> {
      Given given = all("board");
      given.check();
      assertThat(given.scores.stream().mapToDouble(Double::doubleValue).sum()).isZero();
    });
    thread(random -> {
      Map<String, double[]> sums = new HashMap<>();
      engine.snapshot(new SnapshotScores(sums));
      assertThat(sums.getOrDefault("board", new double[1])[0]).isZero();
    });
    run();
    assertThat(SortedSetOps.score(db, slice("total"), slice("sum"))).isEqualTo((double) counted[0].get() + counted[1].get());
    engine.close();
  }

  /** Adds up the scores of each sorted set. */
  private static final class SnapshotScores implements SnapshotSink {
    private final Map<String, double[]> sums;
    private double[] sum;
    private boolean isScore;

    SnapshotScores(Map<String, double[]> sums) {
      this.sums = sums;
    }

    @Override public void key(int database, io.qcache.ValueType type, long deadlineMillis, Slice key) {
      sum = new double[1];
      sums.put(key.toString(), sum);
    }

    @Override public void elements(long count) {
      isScore = false;
    }

    @Override public void value(byte[] array, int offset, int length) {
      if (isScore) {
        sum[0] += java.nio.ByteBuffer.wrap(array, offset, length).order(java.nio.ByteOrder.LITTLE_ENDIAN).getDouble();
      }
      isScore = !isScore;
    }

    @Override public void begin(int length) {}

    @Override public void part(byte[] array, int offset, int length) {}

    @Override public void missing() {}

    @Override public long mark() {
      return 0;
    }

    @Override public void rewind(long mark) {}
  }
}
