package io.qcache.benchmarks.hits;

import io.qcache.EvictionPolicy;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Slice;
import io.qcache.engine.StringOps;

/**
 * QCache itself, with keys of 20 bytes.  It is bounded by bytes and not by entries, so {@link #fitting} first runs the
 * trace to find the bound at which it holds as many entries as LRU does, in the mean.
 */
final class QCachePolicy implements Policy {
  private static final int RUNS = 6;
  private static final double CLOSE = 0.002;
  private static final int LEAST_ENTRY_BYTES = 24;

  private final Database database;
  private final byte[] keyBytes = new byte[20];
  private final Slice key = new Slice();
  private final Slice value;

  private QCachePolicy(long bytes, int valueBytes, int stripes) {
    Engine.Settings settings = new Engine.Settings().maxBytes(bytes).hashKey(1, 2)
        .evictionPolicy(EvictionPolicy.ALLKEYS_LRU);
    database = Engine.open(stripes > 0 ? settings.stripes(stripes) : settings).database(0);
    value = new Slice().wrap(new byte[valueBytes]);
  }

  /** Options: {@code value}, the bytes of a value, and {@code stripes}; 0: as many as it chooses. */
  static Policy fitting(Spec spec, int entries, Trace trace) {
    int valueBytes = spec.whole("value", 32, 1, 4_096);
    int stripes = spec.whole("stripes", 0, 0, 256);
    double wanted = Result.measure(new Lru(entries, trace.distinct()), trace, entries, "").meanResident();
    double bytes = (double) entries * (LEAST_ENTRY_BYTES + valueBytes + 20);
    for (int run = 0; run < RUNS; run++) {
      double held = Result.measure(new QCachePolicy((long) bytes, valueBytes, stripes), trace, entries, "").meanResident();
      if (Math.abs(held / wanted - 1) < CLOSE) {
        break;
      }
      bytes *= wanted / held;
    }
    return new QCachePolicy((long) bytes, valueBytes, stripes);
  }

  @Override public boolean get(int number) {
    for (int i = keyBytes.length - 1, left = number; i >= 0; i--, left /= 10) {
      keyBytes[i] = (byte) ('0' + left % 10);
    }
    key.wrap(keyBytes);
    if (StringOps.length(database, key) > 0) {
      return true;
    }
    StringOps.set(database, key, value, StringOps.If.ALWAYS, Deadline.NONE, null);
    return false;
  }

  @Override public int resident() {
    return (int) KeyOps.size(database);
  }
}
