package io.qcache.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do a get, a get into a buffer, a set, mixes of them and a get that fills on a miss cost in this process, at any size, and how far
 * is that from a plain map and from other caches?  Keys of 20 bytes, asked for with Zipf's frequencies.  Without a bound nobody keeps
 * books for an eviction (Caffeine's begin where a cache is half full): a bound of 1.25 shows a cache that is nearly full.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 3, jvmArgsAppend = {"-Xms6g", "-Xmx6g", "-Xmn256m", "-XX:+AlwaysPreTouch"})
public class StoreBenchmark {
  private static final int LEAST_QUESTIONS = 1 << 20;

  @Param({"QCache", "ConcurrentHashMap"}) public String store;
  @Param({"10000", "1000000"}) public int entries;
  @Param({"32"}) public int valueBytes;

  /** How many times the entries fit; below 1 those who read fill it; 0: all of them fit, as nothing is bounded. */
  @Param({"0"}) public double bound;

  private Store<Object> opened;
  private Object[] asked; // a key object for each question, one after the other in memory; a power of two of them
  private byte[] value;
  private final Function<Object, byte[]> loader = key -> value.clone();

  /** A thread's place in the order of keys, and its buffer. */
  @State(Scope.Thread)
  public static class Place {
    private int next = (int) (Thread.currentThread().getId() * 77_777);
    final byte[] buffer = new byte[1 << 16];

    int next(int questions) {
      return next++ & questions - 1;
    }
  }

  @SuppressWarnings("unchecked") // keys go back to the store that made them
  @Setup public void fill() {
    opened = (Store<Object>) Store.open(store, new Room((long) (entries * bound), Keys.key(0).length + valueBytes));
    value = new byte[valueBytes];
    for (int i = 0; i < entries; i++) {
      if (bound == 0 || bound >= 1) {
        opened.set(opened.key(Keys.key(i)), value.clone()); // under another object: nobody asks with the one that is stored
      }
    }
    int questions = Math.max(LEAST_QUESTIONS, 2 * Integer.highestOneBit(entries)); // so that seldom keys come too
    int[] order = Keys.zipf(entries, questions, 42);
    asked = new Object[questions];
    for (int i = 0; i < questions; i++) {
      asked[i] = opened.key(Keys.key(order[i]));
    }
    System.gc(); // what is there is old: its first copying is not to fall on who allocates while it is measured
  }

  @Benchmark public Object get(Place place) {
    return opened.get(asked[place.next(asked.length)]);
  }

  @Benchmark public int getInto(Place place) {
    return opened.get(asked[place.next(asked.length)], place.buffer);
  }

  @Benchmark public void set(Place place) {
    opened.set(asked[place.next(asked.length)], value);
  }

  /** A get that fills on a miss, of which there are more the smaller {@code bound} is; to load costs a copy. */
  @Benchmark public Object readThrough(Place place) {
    return opened.getOrLoad(asked[place.next(asked.length)], loader);
  }

  /** Nine gets to one set. */
  @Benchmark public Object mixed90(Place place) {
    return mixed(place, 10);
  }

  /** A get to each set. */
  @Benchmark public Object mixed50(Place place) {
    return mixed(place, 2);
  }

  private Object mixed(Place place, int oneSetIn) {
    int at = place.next(asked.length);
    Object key = asked[at];
    if (at % oneSetIn == 0) {
      opened.set(key, value);
      return value;
    }
    return opened.get(key);
  }
}
