package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpinGuardTest {
  private final SpinGuard guard = new SpinGuard();

  private boolean spins(int times) {
    boolean spinning = false;
    for (int i = 0; i < times; i++) {
      spinning |= guard.isSpinning(0, false);
    }
    return spinning;
  }

  @Test void returningForNothingAgainAndAgain_isSpinning() {
    assertThat(spins(SpinGuard.MOST - 1)).isFalse();
    assertThat(spins(1)).isTrue();
    assertThat(spins(SpinGuard.MOST - 1)).isFalse();
  }

  @Test void aReadyKey_orAnyReason_beginsTheCountAnew() {
    assertThat(spins(SpinGuard.MOST - 1)).isFalse();
    assertThat(guard.isSpinning(1, false)).isFalse();
    assertThat(spins(SpinGuard.MOST - 1)).isFalse();
    assertThat(guard.isSpinning(0, true)).isFalse();
    assertThat(spins(SpinGuard.MOST - 1)).isFalse();
  }
}
