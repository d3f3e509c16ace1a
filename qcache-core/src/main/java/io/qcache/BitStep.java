package io.qcache;

/** One step of {@link Bits#fields}, made by a {@link BitField}.  Immutable. */
public record BitStep(Kind kind, BitField field, long operand, BitOverflow overflow) {
  /** What it does. */
  public enum Kind {
    GET, SET, INCREMENT
  }

  /** The same step, with what becomes of a number that the field cannot hold; without this it wraps. */
  public BitStep onOverflow(BitOverflow what) {
    return new BitStep(kind, field, operand, what);
  }
}
