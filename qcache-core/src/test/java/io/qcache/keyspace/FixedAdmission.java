package io.qcache.keyspace;

/** An admission that decides as it is told. */
final class FixedAdmission implements Admission {
  private long now;
  boolean takesNew;
  boolean takesBack;
  boolean counts;

  @Override public long opened(long bytes) {
    now += bytes;
    return now;
  }

  @Override public long now() {
    return now;
  }

  @Override public long tickBytes() {
    return 512;
  }

  @Override public boolean takesNew() {
    return takesNew;
  }

  @Override public boolean takesBack(long ago, long bytes) {
    return takesBack;
  }

  @Override public boolean isHuge(long bytes) {
    return bytes > 2_000;
  }

  @Override public boolean counts() {
    return counts;
  }
}
