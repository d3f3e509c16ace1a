package io.qcache.engine;

import io.qcache.BitOverflow;
import java.util.Arrays;

/**
 * The steps of one operation on integers of any width within a string, and what they result in.  Filled by the caller,
 * carried out by {@link BitOps#fields}, read by the caller.  For one thread.
 */
public final class BitFields {
  /** What a step does. */
  public enum Kind {
    GET, SET, INCREMENT
  }

  /** The widest signed field, in bits; an unsigned one has one bit less at most. */
  public static final int MOST_BITS = 64;

  private Step[] steps = new Step[4];
  private int size;
  private long lastWritten = -1; // bit

  static final class Step {
    final Kind kind;
    final boolean signed;
    final int bits;
    final long offset;
    final long operand;
    final BitOverflow overflow;
    long result;
    boolean failed;

    private Step(Kind kind, boolean signed, int bits, long offset, long operand, BitOverflow overflow) {
      this.kind = kind;
      this.signed = signed;
      this.bits = bits;
      this.offset = offset;
      this.operand = operand;
      this.overflow = overflow;
    }
  }

  /** Whether there is a field of so many bits. */
  public static boolean isWidth(boolean signed, long bits) {
    return bits >= 1 && bits <= (signed ? MOST_BITS : MOST_BITS - 1);
  }

  /** A step that reads. */
  public void get(boolean signed, int bits, long offset) {
    add(new Step(Kind.GET, signed, bits, offset, 0, BitOverflow.WRAP));
  }

  /** A step that writes {@code operand}, or adds it; {@code offset} is the field's first bit. */
  public void write(Kind kind, boolean signed, int bits, long offset, long operand, BitOverflow overflow) {
    add(new Step(kind, signed, bits, offset, operand, overflow));
    lastWritten = Math.max(lastWritten, offset + bits - 1);
  }

  private void add(Step step) {
    assert isWidth(step.signed, step.bits) : step.bits;
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, size * 2);
    }
    steps[size++] = step;
  }

  public int size() {
    return size;
  }

  Step step(int i) {
    return steps[i];
  }

  /** Whether no step writes. */
  public boolean isReadOnly() {
    return lastWritten < 0;
  }

  /** The last bit that a step may write; -1 where none does. */
  long lastWritten() {
    return lastWritten;
  }

  /** The result of a step: of SET what the field held before, otherwise what it holds then. */
  public long result(int i) {
    return steps[i].result;
  }

  /** Whether a step was not done, as its number would have overflowed. */
  public boolean isFailed(int i) {
    return steps[i].failed;
  }
}
