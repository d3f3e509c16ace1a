package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Readers without locks beside writers that overwrite in place, grow, move, delete, clean and flush: every value that
 * is read is one that was written to that key, whole.  A value tells which it is: its first byte is the key's number,
 * and all others are alike.
 */
class ReadStressTest {
  private static final int KEYS = 24;
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

  private final long seed = new Random().nextLong();

  private static byte[] key(int number) {
    return ("key:" + number).getBytes();
  }

  private static byte[] value(int number, Random random, int most) {
    byte[] value = new byte[2 + random.nextInt(most)];
    Arrays.fill(value, (byte) random.nextInt());
    value[0] = (byte) number;
    return value;
  }

  private static void requireWhole(int number, byte[] value) {
    for (int i = 2; i < value.length; i++) {
      if (value[0] != number || value[i] != value[1]) {
        throw new AssertionError("key " + number + " has a mixture of values: length " + value.length + ", byte " + i);
      }
    }
  }

  private void run(long maxBytes, int mostValue) throws Exception {
    Engine engine = Engine.open(new Engine.Settings().stripes(2).maxBytes(maxBytes));
    Database db = engine.database(0);
    long end = System.nanoTime() + NANOS;
    List<Callable<Long>> work = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      Random random = new Random(seed + thread);
      work.add(() -> write(db, random, mostValue, end));
      work.add(() -> read(db, random, end));
    }
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Long> each : threads.invokeAll(work)) {
        assertThat(each.get()).as("seed " + seed).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static long write(Database db, Random random, int mostValue, long end) {
    long done = 0;
    for (; System.nanoTime() < end; done++) {
      int number = random.nextInt(KEYS);
      Slice key = new Slice().wrap(key(number));
      Slice value = new Slice().wrap(value(number, random, mostValue));
      switch (random.nextInt(40)) {
        case 0 -> KeyOps.clear(db);
        case 1, 2, 3 -> {
          Slices keys = new Slices();
          keys.add(key(number));
          KeyOps.delete(db, keys, 0);
        }
        case 4, 5 -> KeyOps.expire(db, key, db.engine().nowMillis() + 60_000, 0);
        case 6 -> KeyOps.persist(db, key);
        default -> StringOps.set(db, key, value, StringOps.If.ALWAYS, Deadline.NONE, null);
      }
    }
    return done;
  }

  private static long read(Database db, Random random, long end) {
    long met = 0;
    while (System.nanoTime() < end) {
      int number = random.nextInt(KEYS);
      ValueList out = new ValueList();
      StringOps.get(db, new Slice().wrap(key(number)), out);
      if (out.only() != null) {
        requireWhole(number, out.only());
        met++;
      }
    }
    return met;
  }

  @Test void smallValues_areReadWhole() throws Exception {
    run(1 << 20, 60);
  }

  @Test void valuesAcrossThePagesSizes_areReadWhole() throws Exception {
    run(4 << 20, 3_000);
  }

  @Test void largeValues_areReadWhole_throughTheirPins() throws Exception {
    run(64 << 20, 300_000);
  }
}
