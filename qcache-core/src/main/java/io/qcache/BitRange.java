package io.qcache;

/**
 * A part of a string for who counts or looks for bits: from the first to the last, both inclusive and from 0; negative
 * ones count from the end, -1 being the last.  In bytes or in bits, of which the first is the highest of the first
 * byte.  Immutable.
 */
public final class BitRange {
  private static final BitRange ALL = new BitRange(0, -1, false, false);

  private final long first;
  private final long last;
  private final boolean inBits;
  private final boolean ends;

  private BitRange(long first, long last, boolean inBits, boolean ends) {
    this.first = first;
    this.last = last;
    this.inBits = inBits;
    this.ends = ends;
  }

  /** The whole string. */
  public static BitRange all() {
    return ALL;
  }

  public static BitRange bytes(long first, long last) {
    return new BitRange(first, last, false, true);
  }

  public static BitRange bits(long first, long last) {
    return new BitRange(first, last, true, true);
  }

  /** From a byte to the end. */
  public static BitRange fromByte(long first) {
    return new BitRange(first, -1, false, false);
  }

  public long first() {
    return first;
  }

  public long last() {
    return last;
  }

  /** Whether it is told in bits, and not in bytes. */
  public boolean isInBits() {
    return inBits;
  }

  /**
   * Whether it ends where it says.  One that does not goes to the string's end, behind which zero bits are thought to
   * follow when one is looked for.
   */
  public boolean ends() {
    return ends;
  }

  @Override public String toString() {
    return (inBits ? "bits " : "bytes ") + first + " to " + (ends ? last : "the end");
  }
}
