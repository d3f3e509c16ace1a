package io.qcache.benchmarks.hits;

/** What was not asked for the longest goes. */
final class Lru implements Policy {
  private static final int ABSENT = -1;
  private final int most;
  private final int[] newer; // a ring through the node at the end, whose newer is the oldest
  private final int[] older;
  private final int end;
  private int resident;

  Lru(int entries, int keys) {
    most = entries;
    end = keys;
    newer = new int[keys + 1];
    older = new int[keys + 1];
    java.util.Arrays.fill(newer, ABSENT);
    newer[end] = end;
    older[end] = end;
  }

  @Override public boolean get(int key) {
    boolean hit = newer[key] != ABSENT;
    if (hit) {
      unlink(key);
    } else if (resident == most) {
      unlink(newer[end]);
    } else {
      resident++;
    }
    older[key] = older[end];
    newer[key] = end;
    newer[older[end]] = key;
    older[end] = key;
    return hit;
  }

  private void unlink(int key) {
    newer[older[key]] = newer[key];
    older[newer[key]] = older[key];
    newer[key] = ABSENT;
  }

  @Override public int resident() {
    return resident;
  }
}
