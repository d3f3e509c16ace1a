package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.BitOperation;
import io.qcache.BitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Many threads on the bits of long strings: nobody sees half of what another wrote. */
final class BitOpsStressTest {
  private static final int BYTES = 600_000; // two of them are combined outside of the plan
  private static final int ROUNDS = 60;

  /** Two strings are all ones or all zeros, always both alike; their XOR is always zero, their OR all or nothing. */
  @Test void combine_seesItsSourcesAtOneInstant_whateverIsWrittenMeanwhile() throws Exception {
    try (Engine engine = Engine.open(new Engine.Settings())) {
      Database db = engine.database(0);
      byte[] ones = new byte[BYTES];
      java.util.Arrays.fill(ones, (byte) 0xff);
      setBoth(db, ones);
      AtomicBoolean done = new AtomicBoolean();
      List<Throwable> failures = new ArrayList<>();
      Thread writer = new Thread(() -> {
        for (int i = 0; !done.get(); i++) {
          setBoth(db, i % 2 == 0 ? new byte[BYTES] : ones);
        }
      });
      writer.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      writer.start();
      try {
        for (int i = 0; i < ROUNDS; i++) {
          assertThat(combined(db, BitOperation.XOR)).isZero();
          assertThat(combined(db, BitOperation.OR)).isIn(0L, BYTES * 8L);
          assertThat(BitOps.count(db, slice("a"), BitRange.all())).isIn(0L, BYTES * 8L);
        }
      } finally {
        done.set(true);
        writer.join();
      }
      assertThat(failures).isEmpty();
    }
  }

  private static long combined(Database db, BitOperation operation) {
    Slices sources = new Slices();
    sources.add("a".getBytes());
    sources.add("b".getBytes());
    assertThat(BitOps.combine(db, operation, slice("to"), sources, 0)).isEqualTo(BYTES);
    return BitOps.count(db, slice("to"), BitRange.all());
  }

  private static void setBoth(Database db, byte[] value) {
    Slices pairs = new Slices();
    pairs.add("a".getBytes());
    pairs.add(value);
    pairs.add("b".getBytes());
    pairs.add(value);
    StringOps.setAll(db, pairs, 0);
  }

  @Test void bitsSetByManyThreads_areAllThere() throws Exception {
    try (Engine engine = Engine.open(new Engine.Settings())) {
      Database db = engine.database(0);
      int threads = 4;
      int each = 5_000;
      List<Thread> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int first = t;
        Thread thread = new Thread(() -> {
          for (int i = 0; i < each; i++) {
            BitOps.set(db, slice("k"), (long) i * threads + first, true);
          }
        });
        all.add(thread);
        thread.start();
      }
      for (Thread thread : all) {
        thread.join();
      }
      assertThat(BitOps.count(db, slice("k"), BitRange.all())).isEqualTo((long) threads * each);
    }
  }

  private static Slice slice(String key) {
    return new Slice().wrap(key.getBytes());
  }
}
