package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GhostsTest {
  @Test void whatWasDroppedLately_isKnown_withItsAgeInTicks_once() {
    Ghosts ghosts = new Ghosts(10_000, 64);
    Random random = new Random(5);
    Map<Long, Long> born = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      long hash = random.nextLong();
      born.put(hash, 64L * i);
      ghosts.add(hash, 64L * i, 64L * i);
    }
    long now = 64L * 4_000; // below 4,096 ticks after the first
    int[] known = {0};
    born.forEach((hash, then) -> {
      long ago = then <= now ? ghosts.take(hash, now) : Ghosts.NEVER;
      if (ago != Ghosts.NEVER) {
        known[0]++;
        assertThat(ago).isEqualTo(now - then);
        assertThat(ghosts.take(hash, now)).isEqualTo(Ghosts.NEVER);
      }
    });
    assertThat(known[0]).isGreaterThan(3_900); // a few buckets were too full
    assertThat(ghosts.take(random.nextLong(), now)).isEqualTo(Ghosts.NEVER);
  }

  @Test void aFullTable_forgetsTheOldest() {
    Ghosts ghosts = new Ghosts(8, 1);
    for (int i = 0; i < 1_000; i++) {
      ghosts.add(hash(i), i, i);
    }
    int known = 0;
    for (int i = 0; i < 1_000; i++) {
      boolean isKnown = ghosts.take(hash(i), 1_000) != Ghosts.NEVER;
      known += isKnown ? 1 : 0;
      assertThat(isKnown && i < 900).as("number " + i).isFalse();
    }
    assertThat(known).isEqualTo(8);
  }

  @Test void aSectionOfAnotherSize_orOtherTicks_needsAnotherTable() {
    Ghosts ghosts = new Ghosts(1_000, 64);
    assertThat(ghosts.isUnfit(1_000, 64)).isFalse();
    assertThat(ghosts.isUnfit(2_000, 64)).isFalse();
    assertThat(ghosts.isUnfit(2_001, 64)).isTrue();
    assertThat(ghosts.isUnfit(499, 64)).isTrue();
    assertThat(ghosts.isUnfit(1_000, 128)).isTrue();
    assertThat(new Ghosts(0, 64).isUnfit(0, 64)).isFalse();
    assertThat(ghosts.bytes()).isBetween(5_000L, 5_100L);
  }

  private static long hash(int i) {
    return new SipHash(1, 2).hash(new byte[] {(byte) i, (byte) (i >> 8)}, 0, 2);
  }
}
