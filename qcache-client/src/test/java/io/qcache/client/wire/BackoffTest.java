package io.qcache.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Pauses between attempts to connect. */
final class BackoffTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may wrap
  private final Backoff backoff = new Backoff(now::get);

  private long afterFailure() {
    backoff.lost(false, 0, now.get());
    long left = backoff.left();
    now.addAndGet(left);
    assertThat(backoff.left()).isZero();
    return left;
  }

  @Test void pausesDouble_upToTwoSeconds_aQuarterOfThemAtRandom() {
    assertThat(backoff.left()).isZero();
    long most = Duration.ofMillis(25).toNanos();
    for (int i = 0; i < 40; i++) {
      assertThat(afterFailure()).as("failure " + i).isBetween(most * 3 / 4, most);
      most = Math.min(2 * most, Duration.ofSeconds(2).toNanos());
    }
  }

  @Test void aConnectionThatHeld_isFollowedAtOnce_andForgetsFailures() {
    afterFailure();
    afterFailure();
    backoff.lost(true, Duration.ofSeconds(2).toNanos(), now.get());
    assertThat(backoff.left()).isZero();
    assertThat(afterFailure()).isLessThanOrEqualTo(Duration.ofMillis(25).toNanos());
  }

  @Test void aServerThatLetsUsInAndThrowsUsOut_isPausedForFromTheSecondTimeOn() {
    backoff.lost(true, 5, now.get());
    assertThat(backoff.left()).isZero();
    backoff.lost(true, 5, now.get());
    assertThat(backoff.left()).isPositive();
  }
}
