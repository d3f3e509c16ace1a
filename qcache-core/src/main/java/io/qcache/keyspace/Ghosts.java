package io.qcache.keyspace;

/**
 * Which keys were dropped from the small queue, and when they had come: four bytes each.  Guarded by the stripe.
 * <pre>
 *   bucket   8 slots, half a line of the processor's cache
 *   slot     20 bits of fingerprint │ 12 bits of time, in ticks; 0: free
 * </pre>
 * Where a bucket is full its oldest goes, so the table forgets about as a queue does.  A wrong answer comes to one
 * question in 2^20 / 8, and from what is older than 4,095 ticks; it costs a record the wrong queue, no more.
 */
final class Ghosts {
  /** The key was not dropped, or that is forgotten. */
  static final long NEVER = -1;
  private static final int WAYS = 8;
  private static final int TIME_BITS = 12;
  private static final int TIME_MASK = (1 << TIME_BITS) - 1;
  private static final long SPREAD = 0x9e3779b97f4a7c15L;
  private static final double AN_ENTRY = 1.25;

  private final int[] slots;
  private final int buckets;
  private final int entries;
  private final long tickBytes;

  /** For a section of so many entries, by a clock with such ticks. */
  Ghosts(int entries, long tickBytes) {
    Allocation.comes();
    this.entries = Math.max(WAYS, entries);
    this.buckets = (int) (this.entries * AN_ENTRY / WAYS);
    this.slots = new int[buckets * WAYS];
    this.tickBytes = tickBytes;
  }

  /** Whether a section that has so many entries now, and such ticks, needs another table. */
  boolean isUnfit(int entriesNow, long tickBytesNow) {
    return entriesNow > 2L * entries || entriesNow < entries / 2 && entries > WAYS || tickBytesNow != tickBytes;
  }

  long bytes() {
    return 16 + 4L * slots.length;
  }

  /** Remembers that the key with this hash, dropped now, came then. */
  void add(long hash, long born, long now) {
    int first = bucket(hash);
    int oldest = first;
    int age = -1;
    for (int i = first; i < first + WAYS; i++) {
      if (slots[i] == 0) {
        oldest = i;
        break;
      }
      int itsAge = ticks(now) - slots[i] & TIME_MASK;
      if (itsAge > age) {
        age = itsAge;
        oldest = i;
      }
    }
    slots[oldest] = fingerprint(hash) << TIME_BITS | ticks(born) & TIME_MASK;
  }

  /** How long ago the key came, which is forgotten with that; or {@link #NEVER}. */
  long take(long hash, long now) {
    int first = bucket(hash);
    int fingerprint = fingerprint(hash);
    for (int i = first; i < first + WAYS; i++) {
      if (slots[i] >>> TIME_BITS == fingerprint) {
        int age = ticks(now) - slots[i] & TIME_MASK;
        slots[i] = 0;
        return age * tickBytes;
      }
    }
    return NEVER;
  }

  private int ticks(long time) {
    return (int) (time / tickBytes);
  }

  private int bucket(long hash) {
    return (int) ((hash * SPREAD >>> 32) * buckets >>> 32) * WAYS;
  }

  /** Never 0, so that no slot in use looks free. */
  private static int fingerprint(long hash) {
    return Math.max(1, (int) hash >>> TIME_BITS);
  }
}
