package io.qcache.keyspace;

import io.qcache.engine.Slice;

/** Terms with a clock that stands still until set, and a hash of which tests can cut bits off, so that keys collide. */
final class TestTerms implements Records.Terms {
  private final KeyedHash keyedHash = new KeyedHash(1, 2);
  final int pageBytes;
  final int stripeBits;
  final FixedAdmission admission = new FixedAdmission();
  long nowMillis = 1_000_000;

  TestTerms(int pageBytes, int stripeBits) {
    this.pageBytes = pageBytes;
    this.stripeBits = stripeBits;
  }

  @Override public long hash(Slice key) {
    return key.hash(keyedHash);
  }

  @Override public int stripeBits() {
    return stripeBits;
  }

  @Override public long nowMillis() {
    return nowMillis;
  }

  @Override public int pageBytes() {
    return pageBytes;
  }

  @Override public Admission admission() {
    return admission;
  }

  @Override public int largeAbove() {
    return Math.min(pageBytes / 4, 65_535);
  }
}
