package io.qcache.benchmarks;

import io.qcache.EvictionPolicy;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Slice;
import io.qcache.engine.StringOps;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a rate does not show: live heap, the longest operation, how a million keys expire.  Each prints its figures; the
 * collector's pauses are its own to tell ({@code -Xlog:gc,safepoint}).
 */
public final class Trials {
  private static final String USAGE = """
      Usage: Trials heap ENTRIES [VALUE_BYTES]     live heap an entry, after full collections
             Trials churn ENTRIES SECONDS          two threads, a set to each get into a buffer: rate, longest operation
             Trials load ENTRIES                   one thread: rate, every operation of more than 20 ms
             Trials expire ENTRIES EXPIRING        how soon keys that expire together are gone, and what reads of others
                                                   take meanwhile, beside a run in which none expire
             Trials bound SECONDS                  four threads under a bound of 64 MiB, with other sizes, kinds of load and
                                                   policies from round to round: the most and the least held between rounds
             Trials wire PORT[:PID] SECONDS        a Zipf-like mix of GETs against a server, filled on a miss: hit ratio,
                                                   rate, and with a process id the server's CPU a request
      """;
  private static final int SLOW_NANOS = 20_000_000;
  private static final int STRIPES = 16;

  private Trials() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    if (arguments.length < 2) {
      System.err.print(USAGE);
      System.exit(2);
    }
    if (arguments[0].equals("wire")) {
      WireTrial.run(arguments[1], Integer.parseInt(arguments[2]));
      return;
    }
    int entries = Integer.parseInt(arguments[1]);
    switch (arguments[0]) {
      case "heap" -> heap(entries, arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32);
      case "churn" -> churn(entries, Integer.parseInt(arguments[2]));
      case "load" -> load(entries);
      case "bound" -> bound(entries);
      case "expire" -> {
        int expiring = Integer.parseInt(arguments[2]);
        expire(entries, expiring, false);
        expire(entries, expiring, true);
      }
      default -> {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
  }

  private static Engine open() {
    Engine.Settings settings = new Engine.Settings();
    return Engine.open(settings.maxBytes(Runtime.getRuntime().maxMemory() / 10 * 7));
  }

  /** A thread's own: what it asks with, and where values go. */
  private static final class Hand {
    final byte[] keyBytes = Keys.key(0);
    final Slice key = new Slice();
    final Slice value;
    final BufferSink buffer = new BufferSink(new byte[1 << 16]);

    Hand(int valueBytes) {
      value = new Slice().wrap(new byte[valueBytes]);
    }

    Slice key(int number) {
      int left = number;
      for (int i = keyBytes.length - 1; i >= 4; i--, left /= 10) {
        keyBytes[i] = (byte) ('0' + left % 10);
      }
      return key.wrap(keyBytes);
    }

    void set(Database db, int number, long deadlineMillis) {
      StringOps.set(db, key(number), value, StringOps.If.ALWAYS, deadlineMillis, null);
    }

    void get(Database db, int number) {
      StringOps.get(db, key(number), buffer);
    }
  }

  // Heap

  private static void heap(int entries, int valueBytes) throws InterruptedException {
    Engine first = open(); // what the classes take is not the cache's
    new Hand(valueBytes).set(first.database(0), 0, Deadline.NONE);
    first.close();
    first = null;
    long empty = liveBytes();
    Engine engine = open();
    long opened = liveBytes();
    Hand hand = new Hand(valueBytes);
    for (int i = 0; i < entries; i++) {
      hand.set(engine.database(0), i, Deadline.NONE);
    }
    long filled = liveBytes();
    System.out.printf("empty cache %d KiB; %d entries of 20 + %d bytes: %d KiB, %.1f bytes an entry, %d counted%n",
        opened - empty >> 10, entries, valueBytes, filled - empty >> 10, (double) (filled - opened) / entries,
        engine.memory().usedBytes() / entries);
    engine.close();
  }

  private static long liveBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50); // lets the collector's own threads finish; nothing depends on it
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  // Rates and the longest operation

  private static void churn(int entries, int seconds) throws InterruptedException {
    Engine engine = open();
    Database db = engine.database(0);
    Hand filler = new Hand(32);
    for (int i = 0; i < entries; i++) {
      filler.set(db, i, Deadline.NONE);
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    AtomicLongArray sums = new AtomicLongArray(2); // operations, longest
    inParallel(2, () -> {
      Hand hand = new Hand(32);
      ThreadLocalRandom random = ThreadLocalRandom.current();
      long operations = 0;
      long longest = 0;
      for (long last = System.nanoTime(); last < end; operations++) {
        int number = random.nextInt(entries);
        if ((operations & 1) == 0) {
          hand.get(db, number);
        } else {
          hand.set(db, number, Deadline.NONE);
        }
        long now = System.nanoTime();
        longest = Math.max(longest, now - last);
        last = now;
      }
      sums.addAndGet(0, operations);
      sums.accumulateAndGet(1, longest, Math::max);
    });
    System.out.printf("%.2f million operations/s, longest %.1f ms%n", sums.get(0) / 1e6 / seconds, sums.get(1) / 1e6);
    engine.close();
  }

  private static void load(int entries) {
    Engine engine = open();
    Hand hand = new Hand(32);
    long start = System.nanoTime();
    long longest = 0;
    for (int i = 0; i < entries; i++) {
      long before = System.nanoTime();
      hand.set(engine.database(0), i, Deadline.NONE);
      long took = System.nanoTime() - before;
      longest = Math.max(longest, took);
      if (took > SLOW_NANOS) {
        System.out.printf("  entry %d, %.3f s after the start: %.1f ms%n", i, (before - start) / 1e9, took / 1e6);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%d entries in %.1f s, longest operation %.1f ms%n", entries, seconds, longest / 1e6);
    engine.close();
  }

  // Expiry

  private static void expire(int entries, int expiring, boolean expires) throws InterruptedException {
    Engine engine = open();
    Database db = engine.database(0);
    Hand filler = new Hand(32);
    long deadline = engine.nowMillis() + 15_000;
    for (int i = 0; i < entries; i++) {
      filler.set(db, i, i < expiring ? expires ? deadline : deadline + 3_600_000 : Deadline.NONE);
    }
    long window = deadline + 2_000; // what is watched: one second before the deadline and two after it
    long[] nanos = new long[1 << 23];
    AtomicInteger samples = new AtomicInteger();
    Thread reader = new Thread(() -> {
      Hand hand = new Hand(32);
      ThreadLocalRandom random = ThreadLocalRandom.current();
      while (engine.nowMillis() < window && samples.get() < nanos.length) {
        long before = System.nanoTime();
        hand.get(db, expiring + random.nextInt(entries - expiring));
        if (engine.nowMillis() >= deadline - 1_000) {
          nanos[samples.getAndIncrement()] = System.nanoTime() - before;
        }
      }
    });
    reader.start();
    long goneMillis = -1;
    while (expires && engine.nowMillis() < window) {
      Thread.sleep(5);
      if (KeyOps.size(db) <= entries - expiring + expiring / 100 && goneMillis < 0) {
        goneMillis = engine.nowMillis() - deadline;
      }
    }
    reader.join();
    java.util.Arrays.sort(nanos, 0, samples.get());
    System.out.printf("%s: 99 %% gone %d ms after the deadline; reads of others: p50 %d ns, p99 %d ns, p99.9 %d ns, longest %.1f ms%n",
        expires ? "a million expire" : "none expire", goneMillis, nanos[samples.get() / 2], nanos[samples.get() / 100 * 99],
        nanos[(int) (samples.get() * 0.999)], nanos[samples.get() - 1] / 1e6);
    engine.close();
  }

  // The bound

  private static void bound(int seconds) throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long most = 64L << 20;
    Engine engine = Engine.open(new Engine.Settings().stripes(STRIPES).maxBytes(most));
    long slack = (long) STRIPES * engine.pageBytes();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    double highest = 0;
    double lowest = 1;
    int rounds = 0;
    for (; System.nanoTime() < end; rounds++) {
      EvictionPolicy policy = EVICTING[random.nextInt(EVICTING.length)];
      engine.evictor().policy(policy);
      int largest = 1 << 4 + random.nextInt(15); // 16 bytes to 256 KiB
      int keys = 1_000 << random.nextInt(10);
      int percentReads = random.nextInt(90);
      long written = most / 4 + random.nextInt(1 << 28);
      inParallel(4, () -> load(engine, keys, largest, percentReads, written / 4));
      double part = (double) engine.memory().usedBytes() / most;
      highest = Math.max(highest, part - (double) slack / most);
      boolean isFull = (long) keys * largest / 2 > 4 * most && written > 2 * most;
      lowest = isFull ? Math.min(lowest, part) : lowest;
      if (part > 1 + (double) slack / most) {
        System.out.printf("seed %d round %d: %.4f of the bound held under %s%n", seed, rounds, part, policy);
      }
    }
    System.out.printf("%d rounds, %d evicted; most held %.4f of the bound and a page a stripe, least in full rounds %.4f%n",
        rounds, engine.evictedKeys(), highest, lowest);
    engine.close();
  }

  private static final EvictionPolicy[] EVICTING = {EvictionPolicy.ALLKEYS_LRU, EvictionPolicy.ALLKEYS_LFU,
      EvictionPolicy.ALLKEYS_RANDOM, EvictionPolicy.VOLATILE_LRU, EvictionPolicy.VOLATILE_LFU, EvictionPolicy.VOLATILE_RANDOM,
      EvictionPolicy.VOLATILE_TTL};

  /** All keys have deadlines, so that every policy has something to drop. */
  private static void load(Engine engine, int keys, int largest, int percentReads, long bytes) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Hand hand = new Hand(largest);
    byte[] array = hand.value.array();
    for (long written = 0; written < bytes; ) {
      Database db = engine.database(random.nextInt(16));
      int number = random.nextInt(keys);
      if (random.nextInt(100) < percentReads) {
        StringOps.length(db, hand.key(number));
        written += 256; // so that a round of reads ends soon
      } else {
        hand.value.wrap(array, 0, random.nextInt(largest) + 1);
        hand.set(db, number, engine.nowMillis() + 3_600_000 + random.nextInt(1_000_000));
        written += hand.value.length();
      }
    }
  }

  private static void inParallel(int threads, Runnable work) throws InterruptedException {
    Thread[] all = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      all[i] = new Thread(work);
      all[i].start();
    }
    for (Thread each : all) {
      each.join();
    }
  }
}
