package io.qcache.benchmarks.hits;

/** Numbers, first in, first out, at most as many as it was made for.  For one thread. */
final class IntQueue {
  private final int[] ring;
  private int first;
  private int size;

  IntQueue(int most) {
    ring = new int[Math.max(most, 1)];
  }

  void add(int number) {
    if (size == ring.length) {
      throw new IllegalStateException("full: " + size);
    }
    int at = first + size - ring.length;
    ring[at < 0 ? at + ring.length : at] = number;
    size++;
  }

  int remove() {
    if (size == 0) {
      throw new IllegalStateException("empty");
    }
    int number = ring[first];
    first = first + 1 == ring.length ? 0 : first + 1;
    size--;
    return number;
  }

  int size() {
    return size;
  }
}
