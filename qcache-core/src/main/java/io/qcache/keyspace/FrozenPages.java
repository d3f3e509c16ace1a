package io.qcache.keyspace;

/**
 * The pages of a section as they were at one instant: up to their fill nothing but deaths is written into them any
 * more.
 */
final class FrozenPages {
  private final int[] numbers;
  private final byte[][] pages;
  private final int[] fills;
  private int count;

  FrozenPages(int most) {
    numbers = new int[most];
    pages = new byte[most][];
    fills = new int[most];
  }

  void add(int number, byte[] page, int fill) {
    numbers[count] = number;
    pages[count] = page;
    fills[count++] = fill;
  }

  int count() {
    return count;
  }

  int number(int i) {
    return numbers[i];
  }

  byte[] page(int i) {
    return pages[i];
  }

  int fill(int i) {
    return fills[i];
  }

  /** Lets go of a page that has been read. */
  void forget(int i) {
    pages[i] = null;
  }
}
