package io.qcache.benchmarks.hits;

/**
 * Remembers keys that were dropped, and when they had come in: four bytes each, and no more of them than it was made
 * for.
 * <pre>
 *   bucket   8 slots, one of two a line of the processor's cache, picked by the hash's upper half
 *   slot     20 bits of fingerprint | 12 bits of time, in ticks; 0: free
 * </pre>
 * Where a bucket is full the oldest goes, so the table forgets about as a queue does.  A wrong answer comes in a
 * 2^20/8-th of the questions, and from what is older than 4,095 ticks.  For one thread.
 */
final class GhostTable {
  static final int NEVER = -1;
  private static final int WAYS = 8, TIME_BITS = 12, TIME_MASK = (1 << TIME_BITS) - 1;
  private final int[] slots;
  private final int buckets;

  GhostTable(int ghosts) {
    buckets = Math.max(1, ghosts / WAYS);
    slots = new int[Math.max(WAYS, ghosts / WAYS * WAYS)];
  }

  /** Remembers that what has this hash came in at that tick. */
  void add(long hash, long tick, long now) {
    int first = bucket(hash);
    int oldest = first;
    int age = -1;
    for (int i = first; i < first + WAYS; i++) {
      if (slots[i] == 0) {
        oldest = i;
        break;
      }
      int itsAge = (int) (now - slots[i] & TIME_MASK);
      if (itsAge > age) {
        age = itsAge;
        oldest = i;
      }
    }
    slots[oldest] = fingerprint(hash) << TIME_BITS | (int) (tick & TIME_MASK);
  }

  /** How many ticks ago it came in, forgetting it; {@link #NEVER} if that is not known. */
  int take(long hash, long now) {
    int first = bucket(hash);
    int fingerprint = fingerprint(hash);
    for (int i = first; i < first + WAYS; i++) {
      if (slots[i] >>> TIME_BITS == fingerprint) {
        int age = (int) (now - slots[i] & TIME_MASK);
        slots[i] = 0;
        return age;
      }
    }
    return NEVER;
  }

  private int bucket(long hash) {
    return (int) ((hash >>> 32) * buckets >>> 32) * WAYS;
  }

  /** Never 0, so that no slot in use looks free. */
  private static int fingerprint(long hash) {
    return Math.max(1, (int) hash >>> TIME_BITS);
  }
}
