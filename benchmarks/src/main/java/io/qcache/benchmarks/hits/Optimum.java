package io.qcache.benchmarks.hits;

/**
 * The best that any policy could do that knows the future: what is asked for again the latest goes, be it the newest
 * (Belady: A study of replacement algorithms for a virtual-storage computer, 1966; Mattson et al., 1970).
 * It must be asked for the keys of its trace in their order.  A logarithm to the base of 64 of the length a request.
 */
final class Optimum implements Policy {
  private final int most;
  private final int[] nextUse; // of a request: the next one for the same key, or length + key
  private final int[] held; // of a key: its next use if it is resident, else -1
  private final long[][] levels; // bit i of level 0: a resident's next use is i; above: some bit is set below
  private int now;
  private int resident;
  private final int[] keyAt; // of a next use

  Optimum(int entries, Trace trace) {
    most = entries;
    int length = trace.keys().length;
    nextUse = new int[length];
    keyAt = new int[Math.addExact(length, trace.distinct())];
    held = new int[trace.distinct()];
    for (int key = 0; key < held.length; key++) {
      held[key] = length + key;
      keyAt[length + key] = key;
    }
    for (int i = length - 1; i >= 0; i--) {
      int key = trace.keys()[i];
      keyAt[i] = key;
      nextUse[i] = held[key];
      held[key] = i;
    }
    java.util.Arrays.fill(held, -1);
    int depth = 1;
    for (int bits = keyAt.length; bits > 64; bits = (bits + 63) / 64) {
      depth++;
    }
    levels = new long[depth][];
    for (int level = 0, bits = keyAt.length; level < depth; level++, bits = (bits + 63) / 64) {
      levels[level] = new long[(bits + 63) / 64];
    }
  }

  @Override public boolean get(int key) {
    boolean hit = held[key] >= 0;
    if (hit) {
      clear(held[key]);
    } else {
      resident++;
    }
    held[key] = nextUse[now++];
    set(held[key]);
    if (resident > most) {
      int latest = last();
      clear(latest);
      held[keyAt[latest]] = -1;
      resident--;
    }
    return hit;
  }

  private void set(int bit) {
    for (long[] level : levels) {
      level[bit >> 6] |= 1L << bit;
      bit >>= 6;
    }
  }

  private void clear(int bit) {
    for (long[] level : levels) {
      level[bit >> 6] &= ~(1L << bit);
      if (level[bit >> 6] != 0) {
        return;
      }
      bit >>= 6;
    }
  }

  private int last() {
    int bit = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      bit = bit << 6 | 63 - Long.numberOfLeadingZeros(levels[level][bit]);
    }
    return bit;
  }

  @Override public int resident() {
    return resident;
  }
}
