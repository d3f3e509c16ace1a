package io.qcache.benchmarks;

import java.util.concurrent.TimeUnit;
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

/** What do a get, a set and nine gets to one set cost in this process, and how far is that from a plain map? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch"})
public class StoreBenchmark {
  private static final int ORDER = 1 << 20;

  @Param public Rival rival;
  @Param({"10000", "1000000"}) public int entries;
  @Param({"32", "512"}) public int valueBytes;

  private Rival.Store store;
  private byte[][] keys;
  private int[] order;
  private byte[] value;

  /** A thread's place in the order of keys. */
  @State(Scope.Thread)
  public static class Place {
    private int next = (int) (Thread.currentThread().getId() * 77_777);

    int next() {
      return next++ & ORDER - 1;
    }
  }

  @Setup public void fill() {
    store = rival.open();
    keys = Keys.all(entries);
    order = Keys.zipf(entries, ORDER, 42);
    value = new byte[valueBytes];
    for (byte[] key : keys) {
      store.set(key, value.clone());
    }
  }

  @Benchmark public byte[] get(Place place) {
    return store.get(keys[order[place.next()]]);
  }

  @Benchmark public void set(Place place) {
    store.set(keys[order[place.next()]], value);
  }

  @Benchmark public byte[] mixed(Place place) {
    int at = place.next();
    byte[] key = keys[order[at]];
    if (at % 10 == 0) {
      store.set(key, value);
      return value;
    }
    return store.get(key);
  }
}
