package io.qcache.engine;

import java.util.random.RandomGenerator;

/** Lets many threads share a source that is made for one. */
final class OneAtATime implements RandomGenerator {
  private final RandomGenerator source; // guarded by this

  OneAtATime(RandomGenerator source) {
    this.source = source;
  }

  @Override public synchronized long nextLong() {
    return source.nextLong();
  }
}
