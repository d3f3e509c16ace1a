package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Failure;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final long NOW = 1_700_000_000_000L;

  @Test void of_agreesWithExactArithmetic_atTheEdges() {
    long[] amounts = {0, 1, -1, 1_000, NOW, -NOW, Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        Long.MAX_VALUE / 1000, Long.MAX_VALUE / 1000 + 1, Long.MIN_VALUE / 1000, Long.MIN_VALUE / 1000 - 1,
        Long.MAX_VALUE - NOW, Long.MAX_VALUE - NOW + 1,
        (Long.MAX_VALUE - NOW) / 1000, (Long.MAX_VALUE - NOW) / 1000 + 1};
    for (long amount : amounts) {
      for (int way = 0; way < 4; way++) {
        check(amount, (way & 1) != 0, (way & 2) != 0);
      }
    }
  }

  private static void check(long amount, boolean seconds, boolean fromNow) {
    BigInteger exact = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(seconds ? 1000 : 1))
        .add(BigInteger.valueOf(fromNow ? NOW : 0));
    boolean inRange = exact.bitLength() < Long.SIZE
        && (!seconds || BigInteger.valueOf(amount).multiply(BigInteger.valueOf(1000)).bitLength() < Long.SIZE);
    if (inRange) {
      assertThat(Deadline.of(amount, seconds, fromNow, NOW)).isEqualTo(Deadline.clamp(exact.longValueExact()));
    } else {
      assertThatThrownBy(() -> Deadline.of(amount, seconds, fromNow, NOW)).as("%d %s %s", amount, seconds, fromNow)
          .isSameAs(Signal.of(Failure.INVALID_EXPIRE_TIME));
    }
  }

  @Test void noTime_isTakenForAWord() {
    for (long millis : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE}) {
      assertThat(Deadline.clamp(millis)).isNotIn(Deadline.NONE, Deadline.KEEP, Deadline.MISSING);
    }
    assertThat(Deadline.clamp(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE - 1);
    assertThat(Deadline.clamp(Long.MIN_VALUE + 2)).isEqualTo(Long.MIN_VALUE + 2);
    assertThat(Deadline.clamp(0)).isZero();
  }
}
