package io.qcache;

/**
 * An integer of any width within a string: where it begins, how many bits it has, and whether it has a sign (two's
 * complement).  Its highest bit comes first.  Immutable.
 */
public record BitField(boolean signed, int bits, long offset) {
  /** {@code offset} is in bits. */
  public BitField {
    if (bits < 1 || bits > (signed ? 64 : 63)) {
      throw new IllegalArgumentException("bits must be from 1 to " + (signed ? "64" : "63, as it is unsigned") + ": was " + bits);
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset must be >= 0: was " + offset);
    }
  }

  public static BitField signed(int bits, long offset) {
    return new BitField(true, bits, offset);
  }

  public static BitField unsigned(int bits, long offset) {
    return new BitField(false, bits, offset);
  }

  /** The one of that number, from 0, in a row of fields of the same width that begins with the string. */
  public BitField number(long index) {
    return new BitField(signed, bits, Math.multiplyExact(index, (long) bits));
  }

  /** A step that reads it. */
  public BitStep get() {
    return new BitStep(BitStep.Kind.GET, this, 0, BitOverflow.WRAP);
  }

  /** A step that writes it; its result is what the field held before. */
  public BitStep set(long value) {
    return new BitStep(BitStep.Kind.SET, this, value, BitOverflow.WRAP);
  }

  /** A step that adds to it; its result is the sum. */
  public BitStep increment(long by) {
    return new BitStep(BitStep.Kind.INCREMENT, this, by, BitOverflow.WRAP);
  }
}
