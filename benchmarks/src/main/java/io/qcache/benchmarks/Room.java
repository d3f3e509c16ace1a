package io.qcache.benchmarks;

import io.qcache.EvictionPolicy;
import io.qcache.engine.Engine;

/**
 * How much a store may hold, so that all evict alike: each bounds itself by what it counts, entries or bytes.
 *
 * @param entries    that fit; 0 for as many as come
 * @param entryBytes of a key and its value
 */
public record Room(long entries, int entryBytes) {
  private static final long LEAST_BYTES = 1 << 20;
  private static final int OVERHEAD_BYTES = 23; // of an entry, beside its key and its value: 75 for 20 and 32

  public boolean isBounded() {
    return entries > 0;
  }

  /** The entries that fit, or a number that is never reached. */
  public long mostEntries() {
    return isBounded() ? entries : 100_000_000;
  }

  /** The bytes of so many entries with what is beside them, or {@code unbounded}. */
  public long mostBytes(int overhead, long unbounded) {
    return isBounded() ? Math.max(LEAST_BYTES, entries * (entryBytes + overhead)) : unbounded;
  }

  /** The one place where QCache is opened and bounded. */
  Engine engine() {
    Engine.Settings settings = new Engine.Settings();
    if (isBounded()) {
      settings.maxBytes(mostBytes(OVERHEAD_BYTES, 0)).evictionPolicy(EvictionPolicy.ALLKEYS_LRU);
    }
    return Engine.open(settings);
  }
}
