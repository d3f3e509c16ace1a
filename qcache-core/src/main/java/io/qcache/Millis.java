package io.qcache;

import java.time.Duration;
import java.time.Instant;

/** Durations and instants as the milliseconds that deadlines are kept in, alike through both doors. */
public final class Millis {
  private Millis() {}

  /** Whole milliseconds, rounded up, so that what is positive stays so; saturates at the ends of long. */
  public static long of(Duration duration) {
    try {
      long millis = duration.toMillis();
      boolean isUp = duration.isNegative() || duration.getNano() % 1_000_000 == 0; // toMillis cuts off, towards zero
      return isUp ? millis : Math.addExact(millis, 1);
    } catch (ArithmeticException tooLong) {
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** Whole milliseconds since 1970, rounded down; saturates at the ends of long. */
  public static long of(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException tooFar) {
      return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /**
   * {@link #of(Duration)} of a positive duration; throws {@link OutOfRangeException} naming the option where it is
   * none.
   */
  public static long positive(String option, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new OutOfRangeException(option + " must be > 0: was " + duration);
    }
    return of(duration);
  }
}
