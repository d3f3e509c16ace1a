package io.qcache.engine;

import io.qcache.BitRange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts the set bits of a range, or looks for the first bit of a kind: a sink that looks at the store's bytes where
 * they are, eight at a time.  The range is settled by {@link #settle}; then the bytes from {@link #from} on are given, in
 * one or more parts.  For one thread.
 */
final class BitScan implements Sink {
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long NOT_FOUND = -1;

  private final BitRange range;
  private final boolean counts;
  private final boolean wanted; // the bit that is looked for
  private final long flip;      // makes what is wanted a one
  private long length;          // of the string, in bytes
  private long first;           // byte
  private long last;            // byte
  private int firstMask;        // the bits of the first byte that count
  private int lastMask;
  private long at;              // the byte that comes next
  private long count;
  private long found = NOT_FOUND;

  private BitScan(BitRange range, boolean counts, boolean wanted) {
    this.range = range;
    this.counts = counts;
    this.wanted = wanted;
    this.flip = wanted ? 0 : -1;
  }

  /** Counts the set bits. */
  static BitScan count(BitRange range) {
    return new BitScan(range, true, true);
  }

  /** Looks for the first bit of that kind. */
  static BitScan find(boolean bit, BitRange range) {
    return new BitScan(range, false, bit);
  }

  /** What it says of a key that is missing: of endless zero bits. */
  long ofMissing() {
    return counts || !wanted ? 0 : NOT_FOUND;
  }

  /** Settles the range within a string of so many bytes; whether anything is in it. */
  boolean settle(int bytes) {
    length = bytes;
    long total = range.isInBits() ? length * 8 : length;
    long from = range.first();
    long to = range.last();
    boolean backwards = counts && from < 0 && to < 0 && from > to;
    from = Math.max(0, from < 0 ? from + total : from);
    to = Math.min(total - 1, Math.max(0, to < 0 ? to + total : to));
    if (backwards || from > to) {
      first = 1;
      return false;
    }
    firstMask = range.isInBits() ? 0xff >>> (from & 7) : 0xff;
    lastMask = range.isInBits() ? 0xff << 7 - (to & 7) & 0xff : 0xff;
    first = range.isInBits() ? from >> 3 : from;
    last = range.isInBits() ? to >> 3 : to;
    at = first;
    return true;
  }

  /** The first byte of the range. */
  int from() {
    return (int) first;
  }

  /** How many bytes the range has. */
  int bytes() {
    return (int) (last - first + 1);
  }

  boolean isDone() {
    return found != NOT_FOUND;
  }

  /** The count, or the place of the bit, -1 where there is none. */
  long result() {
    if (counts) {
      return count;
    }
    // Zero bits follow a string, but not in a range that is empty or that was told its end.
    return found == NOT_FOUND && !wanted && !range.ends() && first <= last ? length * 8 : found;
  }

  @Override public void value(byte[] array, int offset, int given) {
    part(array, offset, given);
  }

  @Override public void begin(int given) {
    // What follows are its parts.
  }

  @Override public void part(byte[] array, int offset, int given) {
    int from = offset;
    int to = offset + given;
    if (at == first && from < to) {
      edge(array[from++], first == last ? firstMask & lastMask : firstMask);
    }
    boolean ends = at + (to - from) == last + 1 && from < to;
    if (!isDone()) {
      middle(array, from, ends ? to - 1 : to);
    }
    if (ends && !isDone()) {
      edge(array[to - 1], lastMask);
    }
  }

  private void edge(byte b, int mask) {
    int bits = (b ^ (int) flip) & mask;
    if (counts) {
      count += Integer.bitCount(bits);
    } else if (bits != 0) {
      found = at * 8 + Integer.numberOfLeadingZeros(bits) - 24;
    }
    at++;
  }

  private void middle(byte[] array, int from, int to) {
    int i = from;
    if (counts) {
      long sum = 0;
      for (; i <= to - Long.BYTES; i += Long.BYTES) {
        sum += Long.bitCount((long) LONG.get(array, i));
      }
      for (; i < to; i++) {
        sum += Integer.bitCount(array[i] & 0xff);
      }
      count += sum;
      at += to - from;
      return;
    }
    while (i <= to - Long.BYTES && (long) LONG.get(array, i) == flip) {
      i += Long.BYTES;
    }
    at += i - from;
    while (i < to && !isDone()) {
      edge(array[i++], 0xff);
    }
  }

  @Override public void missing() {
    throw new AssertionError("a scan is given bytes");
  }

  @Override public long mark() {
    return 0;
  }

  @Override public void rewind(long mark) {
    throw new AssertionError("a scan is given bytes that stay");
  }
}
