package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when told to.  Thread-safe. */
public final class FakeClock implements InstantSource {
  /** What it shows at first. */
  public static final long START = 1_700_000_000_000L;

  private volatile long millis = START;

  @Override public long millis() {
    return millis;
  }

  @Override public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  /** Moves it, back where negative. */
  public synchronized void step(long by) {
    millis += by;
  }

  public void step(Duration by) {
    step(by.toMillis());
  }
}
