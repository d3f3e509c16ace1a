package io.qcache.benchmarks.hits;

import java.util.Arrays;

/** A hand goes round and takes the first that was not asked for since it last came by (Corbató, 1968). */
final class Clock implements Policy {
  private final int[] ring;
  private final byte[] state; // of a key
  private static final byte ABSENT = 0, PRESENT = 1, ASKED_FOR = 2;
  private int hand;
  private int resident;

  Clock(int entries, int keys) {
    ring = new int[entries];
    state = new byte[keys];
    Arrays.fill(ring, -1);
  }

  @Override public boolean get(int key) {
    if (state[key] != ABSENT) {
      state[key] = ASKED_FOR;
      return true;
    }
    if (resident < ring.length) {
      resident++;
    } else {
      while (state[ring[hand]] == ASKED_FOR) {
        state[ring[hand]] = PRESENT;
        step();
      }
      state[ring[hand]] = ABSENT;
    }
    ring[hand] = key;
    state[key] = PRESENT;
    step();
    return false;
  }

  private void step() {
    hand = hand + 1 == ring.length ? 0 : hand + 1;
  }

  @Override public int resident() {
    return resident;
  }
}
