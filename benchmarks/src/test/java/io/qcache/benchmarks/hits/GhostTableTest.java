package io.qcache.benchmarks.hits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GhostTableTest {
  @Test void whatWasAdded_isTakenOnce_withItsAge() {
    GhostTable ghosts = new GhostTable(1000);
    for (int i = 0; i < 100; i++) {
      ghosts.add(Hash.of(i), i, i);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(ghosts.take(Hash.of(i), 600)).as("key " + i).isEqualTo(600 - i);
      assertThat(ghosts.take(Hash.of(i), 600)).as("key " + i).isEqualTo(GhostTable.NEVER);
    }
  }

  @Test void agesAreRight_whereTheClockOfTwelveBitsHasWrapped() {
    GhostTable ghosts = new GhostTable(8);
    long now = (1L << 40) - 5;
    ghosts.add(Hash.of(1), now, now);
    assertThat(ghosts.take(Hash.of(1), now + 4000)).isEqualTo(4000);
  }

  @Test void ofAFullBucket_theOldestGoes_whereverItStands() {
    for (int oldest = 0; oldest < 8; oldest++) {
      GhostTable ghosts = new GhostTable(8);
      for (int i = 0; i < 8; i++) {
        ghosts.add(Hash.of(i), 4090 + (i == oldest ? 0 : 10 + i), 4110); // some ticks beyond the wrap
      }
      ghosts.add(Hash.of(8), 4110, 4110);
      for (int i = 0; i <= 8; i++) {
        boolean known = ghosts.take(Hash.of(i), 4110) != GhostTable.NEVER;
        assertThat(known).as("key %d of %d", i, oldest).isEqualTo(i != oldest);
      }
    }
  }

  @Test void itForgetsAboutAsAQueueDoes() {
    GhostTable ghosts = new GhostTable(8000);
    for (int i = 0; i < 40_000; i++) {
      ghosts.add(Hash.of(i), i / 64, i / 64);
    }
    assertThat(known(ghosts, 40_000 - 4000, 40_000)).isGreaterThan(3900);
    assertThat(known(ghosts, 40_000 - 16_000, 40_000 - 12_000)).isLessThan(800);
    assertThat(known(ghosts, 0, 20_000)).isLessThan(20);
  }

  @Test void whatItNeverSaw_itRarelyTakesForAGhost() {
    GhostTable ghosts = new GhostTable(10_000);
    for (int i = 0; i < 20_000; i++) {
      ghosts.add(Hash.of(i), 1, 1);
    }
    assertThat(known(ghosts, 1_000_000, 2_000_000)).isLessThan(30); // 8 of 2^20 a question: 8 are expected
  }

  private static int known(GhostTable ghosts, int from, int to) {
    int known = 0;
    for (int i = from; i < to; i++) {
      known += ghosts.take(Hash.of(i), 700) == GhostTable.NEVER ? 0 : 1;
    }
    return known;
  }
}
