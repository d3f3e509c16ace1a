package io.qcache.client.wire;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * When the next attempt to connect may be made: at once after a connection that held, otherwise after a pause that
 * doubles up to two seconds, a quarter of it random so that many clients do not come back together.  Guarded by its
 * owner.
 */
public final class Backoff {
  private static final long FIRST_NANOS = Duration.ofMillis(25).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();

  private final LongSupplier nanoTime;
  private int failures;
  private long failedAt;
  private long pause;

  public Backoff(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A connection ended, {@code livedNanos} after the attempt to make it began; {@code wasMade} if it succeeded. */
  public void lost(boolean wasMade, long livedNanos, long endedAtNanos) {
    boolean held = wasMade && livedNanos >= LONGEST_NANOS;
    failures = held ? 0 : failures + 1;
    failedAt = endedAtNanos;
    // One that was made and lost soon may be an accident, the second is a server that throws us out.
    int doublings = wasMade ? failures - 2 : failures - 1;
    pause = doublings < 0 ? 0 : spread(Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(doublings, 10)));
  }

  private static long spread(long nanos) {
    return nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1);
  }

  /** Nanoseconds until the next attempt may be made; 0 for now. */
  public long left() {
    return Math.max(0, pause - (nanoTime.getAsLong() - failedAt));
  }
}
