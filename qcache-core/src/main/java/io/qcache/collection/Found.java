package io.qcache.collection;

import java.util.Arrays;

/** Indices that a search collects: from the n-th it meets on, up to so many. */
final class Found {
  private long skipped;
  private final long most;
  private long[] indices = new long[1];
  private int count;

  Found(long nth, long most) {
    skipped = nth - 1;
    this.most = most;
  }

  boolean isEnough() {
    return count == most;
  }

  void add(long index) {
    if (skipped > 0) {
      skipped--;
      return;
    }
    if (count == indices.length) {
      indices = Arrays.copyOf(indices, count * 2);
    }
    indices[count++] = index;
  }

  long[] all() {
    return Arrays.copyOf(indices, count);
  }
}
