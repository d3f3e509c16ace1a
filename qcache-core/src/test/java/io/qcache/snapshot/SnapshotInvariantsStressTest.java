package io.qcache.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.QCache;
import io.qcache.disk.MemoryDirectory;
import io.qcache.embedded.EmbeddedCache;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Snapshots beside writers that keep promises across keys: each, loaded into a new cache, keeps them too.  {@code
 * -Dqcache.snapshots=100} takes as many.
 */
class SnapshotInvariantsStressTest {
  private static final int SNAPSHOTS = Integer.getInteger("qcache.snapshots", 6);
  private static final int WRITES_BETWEEN = 400; // at least
  private static final int ACCOUNTS = 200;
  private static final int FIELDS = 3_000;
  private static final int PAIRS = 50;
  private static final long MONEY = 1_000;

  private final long seed = new Random().nextLong();
  private final Engine engine = Engine.open(new Engine.Settings().stripes(8).log(Engines.SILENT));
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong writes = new AtomicLong();

  private interface Write {
    void to(QCache cache, Random random);
  }

  /** From one account to another, in one transaction. */
  private static void transfer(QCache cache, Random random) {
    String from = "account" + random.nextInt(ACCOUNTS);
    String to = "account" + random.nextInt(ACCOUNTS);
    long amount = random.nextInt(50);
    cache.atomically(List.of(), transaction -> {
      transaction.write().strings().decrement(from, amount);
      return transaction.write().strings().increment(to, amount);
    });
  }

  /** Two keys of one value, by one MSET. */
  private static void pair(QCache cache, Random random) {
    int i = random.nextInt(PAIRS);
    String value = "x".repeat(random.nextInt(2_000)) + random.nextInt();
    cache.strings().setAll(Map.of("left" + i, value, "right" + i, value));
  }

  /** Within a large hash, by one HSET; one thread does so. */
  private static void field(QCache cache, Random random) {
    String from = "f" + random.nextInt(FIELDS);
    String to = "f" + random.nextInt(FIELDS);
    if (!from.equals(to)) {
      long has = Long.parseLong(cache.hashes().get("hash", from).orElseThrow());
      long there = Long.parseLong(cache.hashes().get("hash", to).orElseThrow());
      cache.hashes().setAll("hash", Map.of(from, Long.toString(has - 1), to, Long.toString(there + 1)));
    }
  }

  /** A list, and how long it is. */
  private static void element(QCache cache, Random random) {
    boolean shrinks = random.nextInt(3) == 0;
    cache.atomically(List.of("list"), transaction -> {
      long length = transaction.read().lists().length("list");
      if (shrinks && length > 0) {
        transaction.write().lists().pollFirst("list");
      } else {
        transaction.write().lists().addLast("list", "e".repeat(random.nextInt(300)));
      }
      return transaction.write().set("length", Long.toString(shrinks && length > 0 ? length - 1 : length + 1));
    });
  }

  private void fill(QCache cache) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < FIELDS; i++) {
      fields.put("f" + i, Long.toString(MONEY));
    }
    cache.hashes().setAll("hash", fields);
    for (int i = 0; i < ACCOUNTS; i++) {
      cache.set("account" + i, Long.toString(MONEY));
    }
    for (int i = 0; i < PAIRS; i++) {
      cache.strings().setAll(Map.of("left" + i, "", "right" + i, ""));
    }
    cache.set("length", "0");
  }

  /** What is wrong with it, nothing where all promises are kept. */
  private static List<String> violations(QCache cache) {
    List<String> all = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
      sum += Long.parseLong(cache.get("account" + i).orElse("0"));
    }
    expect(all, "money in accounts", ACCOUNTS * MONEY, sum);
    sum = 0;
    Map<String, String> fields = cache.hashes().entries("hash");
    for (String value : fields.values()) {
      sum += Long.parseLong(value);
    }
    expect(all, "fields", FIELDS, fields.size());
    expect(all, "money in fields", FIELDS * MONEY, sum);
    for (int i = 0; i < PAIRS; i++) {
      expect(all, "pair " + i, cache.get("left" + i).orElse("none"), cache.get("right" + i).orElse("missing"));
    }
    expect(all, "length", Long.parseLong(cache.get("length").orElse("-1")), cache.lists().length("list"));
    return all;
  }

  private static void expect(List<String> all, String what, Object wanted, Object found) {
    if (!wanted.equals(found)) {
      all.add(what + ": " + found + ", not " + wanted);
    }
  }

  private Void write(QCache cache, Write what, long ownSeed) {
    Random random = new Random(ownSeed);
    while (!over.get()) {
      what.to(cache, random);
      writes.incrementAndGet();
    }
    return null;
  }

  @Test void everySnapshotUnderLoad_keepsWhatWritersPromiseAcrossKeys() throws Exception {
    List<Write> kinds = List.of(SnapshotInvariantsStressTest::transfer, SnapshotInvariantsStressTest::pair,
        SnapshotInvariantsStressTest::field, SnapshotInvariantsStressTest::element, SnapshotInvariantsStressTest::transfer);
    ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
    MemoryDirectory disk = new MemoryDirectory();
    List<String> violations = new ArrayList<>();
    try (QCache cache = new EmbeddedCache(engine); Snapshots snapshots = new Snapshots(engine, disk)) {
      fill(cache);
      List<Future<?>> writers = new ArrayList<>();
      for (Write kind : kinds) {
        long own = seed + writers.size();
        writers.add(threads.submit(() -> write(cache, kind, own)));
      }
      for (int i = 0; i < SNAPSHOTS; i++) {
        long enough = writes.get() + WRITES_BETWEEN;
        while (writes.get() < enough && writers.stream().noneMatch(Future::isDone)) {
          Thread.onSpinWait();
        }
        snapshots.save();
        for (String violation : loaded(disk)) {
          violations.add("snapshot " + i + ": " + violation);
        }
      }
      over.set(true);
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(violations).as("seed %d, %d writes", seed, writes.get()).isEmpty();
      assertThat(violations(cache)).as("what was written, seed %d", seed).isEmpty();
    } finally {
      over.set(true);
      threads.shutdown();
    }
  }

  private static List<String> loaded(MemoryDirectory disk) throws Exception {
    Engine fresh = Engine.open(new Engine.Settings().stripes(2).log(Engines.SILENT));
    try (QCache cache = new EmbeddedCache(fresh)) {
      RdbFiles.load(fresh, disk.bytes("dump.rdb"), false);
      return violations(cache);
    }
  }
}
