package io.qcache.benchmarks;

import io.qcache.Bytes;
import io.qcache.Codecs;
import io.qcache.Keyspace;
import io.qcache.client.QCacheClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A cache on the wire as its users use it: GETs of a Zipf-like mix, what is missing is SET.  Any server that speaks RESP
 * will do, so that two can be asked the same: a million keys of 20 bytes, values of 10 to 410 that depend on the key, a
 * one-time scan of new keys between, sixteen requests at a time.
 */
final class WireTrial {
  private static final int KEYS = 1_000_000;
  private static final int QUESTIONS = 1 << 22;
  private static final int BATCH = 16;
  private static final int SCAN_EVERY = 10; // one question in so many is for a key that never comes again
  private static final double TICKS = 100; // of the system's clock, a second

  private WireTrial() {}

  static void run(String target, int seconds) throws IOException {
    String[] parts = target.split(":");
    Path stat = parts.length > 1 ? Path.of("/proc", parts[1], "stat") : null;
    int[] order = Keys.zipf(KEYS, QUESTIONS, 7);
    byte[] filling = new byte[512];
    try (QCacheClient client = QCacheClient.connect("localhost:" + parts[0])) {
      Keyspace<Bytes, Bytes> keys = client.as(Codecs.bytes(), Codecs.bytes());
      long asked = 0;
      long found = 0;
      long once = KEYS + (System.nanoTime() & 0x3ff) * KEYS; // other ones in each run
      double cpu = cpuSeconds(stat);
      long start = System.nanoTime();
      for (int at = 0; System.nanoTime() - start < seconds * 1_000_000_000L; ) {
        Set<Bytes> batch = new LinkedHashSet<>();
        while (batch.size() < BATCH) {
          boolean scans = at % SCAN_EVERY == 0;
          batch.add(Bytes.copyOf(Keys.key(scans ? (int) once++ : order[at & QUESTIONS - 1])));
          at++;
        }
        List<Bytes> wanted = new ArrayList<>(batch);
        List<CompletableFuture<java.util.Optional<Bytes>>> gets =
            keys.pipeline(p -> wanted.stream().map(p::get).toList());
        asked += gets.size();
        List<Bytes> missing = new ArrayList<>();
        for (int i = 0; i < gets.size(); i++) {
          if (gets.get(i).join().isPresent()) {
            found++;
          } else {
            missing.add(wanted.get(i));
          }
        }
        keys.pipeline(p -> missing.stream().map(key -> p.set(key, value(key, filling))).toList()).forEach(CompletableFuture::join);
      }
      double took = (System.nanoTime() - start) / 1e9;
      double used = cpuSeconds(stat) - cpu;
      System.out.printf("%d GETs in %.1f s: %.0f/s, hit ratio %.2f %%%s%n", asked, took, asked / took, 100.0 * found / asked,
          stat == null ? "" : String.format(", server's CPU %.2f µs a GET with its fills", used * 1e6 / asked));
    }
  }

  private static Bytes value(Bytes key, byte[] filling) {
    return Bytes.copyOf(filling, 0, 10 + Math.floorMod(key.hashCode() * 31, 400));
  }

  /** What the process has used, by Linux's count; 0 where nobody asks. */
  private static double cpuSeconds(Path stat) throws IOException {
    if (stat == null) {
      return 0;
    }
    String line = Files.readString(stat, StandardCharsets.US_ASCII);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }
}
