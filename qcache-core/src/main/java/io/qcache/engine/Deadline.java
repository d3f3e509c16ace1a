package io.qcache.engine;

import io.qcache.Failure;

/**
 * Deadlines: milliseconds of the cache's clock since 1970.  A key is missing from its deadline on.
 */
public final class Deadline {
  /** Goes never. */
  public static final long NONE = Long.MAX_VALUE;
  /** As an argument: leave the deadline that there is. */
  public static final long KEEP = Long.MIN_VALUE;
  /** As an answer: there is no such key. */
  public static final long MISSING = Long.MIN_VALUE + 1;

  private Deadline() {}

  /**
   * The deadline for a time given as a number, Redis's way: in seconds or milliseconds, from now or since 1970.
   *
   * @throws Signal {@link Failure#INVALID_EXPIRE_TIME} where the milliseconds leave the range of a long
   */
  public static long of(long amount, boolean seconds, boolean fromNow, long nowMillis) {
    long millis = amount;
    if (seconds) {
      if (amount > Long.MAX_VALUE / 1000 || amount < Long.MIN_VALUE / 1000) {
        throw Signal.of(Failure.INVALID_EXPIRE_TIME);
      }
      millis = amount * 1000;
    }
    if (fromNow) {
      if (millis > Long.MAX_VALUE - nowMillis) {
        throw Signal.of(Failure.INVALID_EXPIRE_TIME);
      }
      millis += nowMillis;
    }
    return clamp(millis);
  }

  /** Keeps a time out of the way of the three words above: the ends of long are moved by two. */
  public static long clamp(long millis) {
    return Math.max(Long.MIN_VALUE + 2, Math.min(millis, Long.MAX_VALUE - 1));
  }
}
