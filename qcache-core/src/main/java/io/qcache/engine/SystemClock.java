package io.qcache.engine;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The wall clock when the process first looked, plus the monotonic time since: one offset for the whole process, so
 * that a clock set forward or back while it runs neither expires nor revives a key.
 */
final class SystemClock implements InstantSource {
  static final SystemClock CLOCK = new SystemClock();

  private final long wallMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  @Override public long millis() {
    return wallMillis + (System.nanoTime() - startNanos) / 1_000_000;
  }

  @Override public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
