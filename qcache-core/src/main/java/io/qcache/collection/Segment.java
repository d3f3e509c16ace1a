package io.qcache.collection;

import io.qcache.keyspace.Allocation;
import java.util.Arrays;

/** Up to {@link #BUCKETS} buckets of an {@link ElementTable} that follow each other, and their long elements, each an array that
 *  never changes. */
final class Segment {
  static final int SHIFT = 8;
  static final int BUCKETS = 1 << SHIFT;
  private static final int OVERHEAD = 24 + 16; // its fields, and the header of the array

  byte[][] chunks;
  byte[][] longs; // null where there is none; with gaps
  private int longCount;
  private int gap; // where to look for one
  int epoch; // of the table when this was made

  Segment(int epoch) {
    Allocation.comes();
    this.epoch = epoch;
    chunks = new byte[1][];
  }

  private Segment(Segment other, int epoch) {
    Allocation.comes();
    this.epoch = epoch;
    chunks = other.chunks.clone();
    longs = other.longs == null ? null : other.longs.clone();
    longCount = other.longCount;
    gap = other.gap;
  }

  /** The same, with the same chunks and long elements. */
  Segment copied(int ofEpoch) {
    return new Segment(this, ofEpoch);
  }

  /** The memory that it takes itself, in bytes: without the chunks and the long elements. */
  int bytes() {
    return OVERHEAD + 4 * chunks.length + (longs == null ? 0 : 16 + 4 * longs.length);
  }

  static long bytes(byte[] longElement) {
    return 16 + (longElement.length + 7L & ~7L);
  }

  /** Makes place for the bucket of that number, the first behind the last. */
  void reserveBucket(int slot) {
    if (slot >= chunks.length) {
      Allocation.comes();
      chunks = Arrays.copyOf(chunks, chunks.length * 2);
    }
  }

  /** Forgets the last bucket, which stands there. */
  void removeBucket(int slot) {
    chunks[slot] = null;
  }

  /** Gives back room where few of the buckets there was place for are left. */
  void trimBuckets(int left) {
    if (chunks.length >= 4 * left && left > 0) {
      Allocation.comes();
      chunks = Arrays.copyOf(chunks, chunks.length / 2);
    }
  }

  /** Makes place for so many long elements more, so that {@link #addLong} cannot fail. */
  void reserveLongs(int more) {
    int length = longs == null ? 0 : longs.length;
    if (more > 0 && longCount + more > length - length / 8) { // never full, so that a gap is soon found
      Allocation.comes();
      int needed = longCount + more;
      byte[][] wider = new byte[needed + needed / 4 + 2][];
      if (longs != null) {
        System.arraycopy(longs, 0, wider, 0, length);
      }
      longs = wider;
    }
  }

  /** The number of a long element that is one more. */
  int addLong(byte[] element) {
    while (longs[gap] != null) {
      gap = gap + 1 == longs.length ? 0 : gap + 1;
    }
    longs[gap] = element;
    longCount++;
    return gap;
  }

  byte[] removeLong(int number) {
    byte[] element = longs[number];
    longs[number] = null;
    if (--longCount == 0) {
      longs = null;
      gap = 0;
    }
    return element;
  }

  int longCount() {
    return longCount;
  }
}
