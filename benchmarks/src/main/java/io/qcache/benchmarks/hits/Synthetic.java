package io.qcache.benchmarks.hits;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Traces that are made: one behaviour each, or a mix that is like what a kind of program does.  The same options give
 * the same trace on every machine.
 */
final class Synthetic {
  /** In the order in which the usage shows them. */
  static final List<String> NAMES = List.of("zipf", "zipf-scans", "one-hit-wonders", "shifting", "drifting", "loop",
      "sessions", "oltp", "search", "tables");
  private static final long FRESH = 1L << 40; // keys from here on are asked for by nothing else
  private static final int MOST = 1 << 28;

  private final Spec spec;
  private final int keys;
  private final int requests;
  private final double skew;
  private final SplittableRandom random;
  private final Trace.Builder trace = new Trace.Builder();
  private long fresh = FRESH;

  private Synthetic(Spec spec) {
    this.spec = spec;
    keys = spec.whole("keys", 50_000, 1, MOST);
    requests = spec.whole("requests", 1_000_000, 1, MOST);
    skew = spec.real("skew", 0.9, 0, 4);
    random = new SplittableRandom(spec.whole("seed", 1, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** @throws BadInput if an option is unknown or out of its range */
  static Trace make(Spec spec) {
    Synthetic made = new Synthetic(spec);
    switch (spec.name()) {
      case "zipf" -> made.zipf();
      case "zipf-scans" -> made.scans();
      case "one-hit-wonders" -> made.wonders();
      case "shifting" -> made.shifting();
      case "drifting" -> made.drifting();
      case "loop" -> made.loop();
      case "sessions" -> made.sessions();
      case "oltp" -> made.oltp();
      case "search" -> made.search();
      case "tables" -> made.tables();
      default -> throw new BadInput("no synthetic trace " + spec.name());
    }
    return made.trace.build(spec.toString());
  }

  private boolean more() {
    return trace.length() < requests;
  }

  private void zipf() {
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    while (more()) {
      trace.add(zipf.next());
    }
  }

  /** Zipf, and again and again a run of {@code scan} neighbours in a cold table of {@code cold} keys. */
  private void scans() {
    int every = spec.whole("every", 20_000, 1, MOST);
    int scan = spec.whole("scan", 10_000, 1, MOST);
    int cold = spec.whole("cold", 100_000, 1, MOST);
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    while (more()) {
      for (int i = 0; i < every && more(); i++) {
        trace.add(zipf.next());
      }
      int from = random.nextInt(cold);
      for (int i = 0; i < scan && more(); i++) {
        trace.add(keys + (from + i) % cold);
      }
    }
  }

  /** Zipf, and a share of keys that are asked for once. */
  private void wonders() {
    double share = spec.real("share", 0.3, 0, 1);
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    while (more()) {
      trace.add(random.nextDouble() < share ? fresh++ : zipf.next());
    }
  }

  /** Zipf over keys that are all others after {@code every} requests. */
  private void shifting() {
    int every = spec.whole("every", 250_000, 1, MOST);
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    while (more()) {
      trace.add((long) (trace.length() / every) * keys + zipf.next());
    }
  }

  /** Zipf where one rank, any, gets a new key every {@code step} requests. */
  private void drifting() {
    int step = spec.whole("step", 20, 1, MOST);
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    long[] keyOfRank = new long[keys];
    for (int i = 0; i < keys; i++) {
      keyOfRank[i] = i;
    }
    while (more()) {
      if (trace.length() % step == 0) {
        keyOfRank[random.nextInt(keys)] = fresh++;
      }
      trace.add(keyOfRank[zipf.next()]);
    }
  }

  /** All keys in order, again and again; a share of requests goes to any of them. */
  private void loop() {
    double noise = spec.real("noise", 0, 0, 1);
    spec.done();
    int next = 0;
    while (more()) {
      if (noise > 0 && random.nextDouble() < noise) {
        trace.add(random.nextInt(keys));
      } else {
        trace.add(next++ % keys);
      }
    }
  }

  /**
   * Keys that come, are asked for a few times more, and never again: {@code keys} are under way at a time, each asked
   * for {@code times} times before another takes its place, so what helps is to keep what is new.
   */
  private void sessions() {
    int times = spec.whole("times", 4, 1, 1 << 20);
    spec.done();
    long[] underWay = new long[keys];
    int[] left = new int[keys];
    while (more()) {
      int at = random.nextInt(keys);
      if (left[at] == 0) {
        underWay[at] = fresh++;
        left[at] = times;
      }
      left[at]--;
      trace.add(underWay[at]);
    }
  }

  /**
   * A database under transactions: rows by Zipf, each behind a page of its index, which is far hotter; rows that were
   * just written are read again soon; now and then a report scans a part of the table.
   */
  private void oltp() {
    int report = spec.whole("report", 50_000, 1, MOST);
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    int fan = 100;
    long index = FRESH >> 1;
    int untilReport = report;
    while (more()) {
      double kind = random.nextDouble();
      if (kind < 0.7) {
        long row = Hash.of(zipf.next()) >>> 1; // neighbours in rank are not neighbours in the table
        long place = row % keys;
        trace.add(index + place / fan);
        trace.add(place);
      } else if (kind < 0.85 || fresh < FRESH + 100) {
        trace.add(fresh++);
      } else {
        double back = -Math.log(1 - random.nextDouble()) * keys / 50; // mean age: a fiftieth of the table
        trace.add(fresh - 1 - Math.min((long) back, fresh - FRESH - 1));
      }
      if (--untilReport == 0) {
        untilReport = report;
        int from = random.nextInt(keys);
        for (int i = 0; i < keys / 10 && more(); i++) {
          trace.add((from + i) % keys);
        }
      }
    }
  }

  /** A search engine's disk: words by a flat Zipf, each a run of blocks whose length is the word's own. */
  private void search() {
    int longest = spec.whole("run", 16, 1, 1 << 16);
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    while (more()) {
      int word = zipf.next();
      int run = 1 + (int) ((Hash.of(word) >>> 1) % longest);
      for (int i = 0; i < run && more(); i++) {
        trace.add((long) word * longest + i);
      }
    }
  }

  /**
   * A database server's reports: tables of a 64th to a half of the keys, each scanned in full when its turn comes, the
   * small ones more often, between requests by Zipf.
   */
  private void tables() {
    double share = spec.real("scans", 0.5, 0, 1);
    spec.done();
    Zipf zipf = new Zipf(keys, skew, random);
    int table = 0;
    int at = 0;
    int size = 1;
    while (more()) {
      if (random.nextDouble() >= share) {
        trace.add(zipf.next());
        continue;
      }
      if (at == size) {
        table = random.nextInt(64);
        table = table < 32 ? 0 : table < 48 ? 1 : table < 56 ? 2 : table < 60 ? 3 : table < 62 ? 4 : 5;
        size = Math.max(1, keys >> 6 - table);
        at = 0;
      }
      trace.add(((long) table + 1) * MOST + at++);
    }
  }
}
