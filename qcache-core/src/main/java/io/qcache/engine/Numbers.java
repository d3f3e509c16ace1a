package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.types.DoubleText;

/**
 * Numbers in text.  One strict parser for every integer that a client or a value can hold: an optional minus, digits,
 * no
 * plus, no leading zero, no space, nothing behind, within 64 bits; what it accepts prints back as the same text.
 */
public final class Numbers {
  /** The most bytes a long takes as text. */
  public static final int LONG_BYTES = 20;

  private Numbers() {}

  /**
   * The integer that the bytes are.
   *
   * @throws Signal {@link Failure#NOT_AN_INTEGER} where they are none
   */
  public static long parse(byte[] array, int offset, int length) {
    if (!isLong(array, offset, length)) {
      throw Signal.of(Failure.NOT_AN_INTEGER);
    }
    return digits(array, offset, length);
  }

  /** {@link #parse(byte[], int, int)} of a slice. */
  public static long parse(Slice slice) {
    return parse(slice.array(), slice.offset(), slice.length());
  }

  /** The double that the bytes are, as C's strtod reads them, all of them and without white space; NaN where they are none. */
  public static double strictDouble(Slice text) {
    return DoubleText.parse(text.array(), text.offset(), text.length());
  }

  /** The double that the text is from {@code from} on, as C's strtod reads a string, nothing being 0; NaN where it is none. */
  public static double looseDouble(Slice text, int from) {
    return DoubleText.parseLoosely(text.array(), text.offset() + from, text.length() - from);
  }

  /** Whether the bytes are an integer as {@link #parse} takes it. */
  public static boolean isLong(byte[] array, int offset, int length) {
    if (length == 1) {
      return isDigit(array[offset]);
    }
    boolean negative = length > 1 && array[offset] == '-';
    int from = offset + (negative ? 1 : 0);
    int to = offset + length;
    int digits = to - from;
    if (digits < 1 || digits > 19 || array[from] < '1' || array[from] > '9') {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!isDigit(array[i])) {
        return false;
      }
    }
    if (digits < 19) {
      return true;
    }
    // of 19 digits the first 2^63 overflows to negative, and none wraps further
    long value = digits(array, from, digits);
    return value >= 0 || (negative && value == Long.MIN_VALUE);
  }

  /** Writes the number's text at {@code at}, which has {@link #LONG_BYTES} of room; returns how many bytes it took. */
  public static int write(long value, byte[] into, int at) {
    int length = length(value);
    int position = at + length;
    long left = value; // counted in the negatives, where there is one more
    if (value < 0) {
      into[at] = '-';
    } else {
      left = -value;
    }
    do {
      long rest = left / 10;
      into[--position] = (byte) ('0' - (left - rest * 10));
      left = rest;
    } while (left != 0);
    return length;
  }

  /** How many bytes the number's text takes. */
  public static int length(long value) {
    int length = value < 0 ? 2 : 1;
    for (long left = value / 10; left != 0; left /= 10) {
      length++;
    }
    return length;
  }

  private static long digits(byte[] array, int offset, int length) {
    boolean negative = array[offset] == '-';
    long value = 0;
    for (int i = offset + (negative ? 1 : 0); i < offset + length; i++) {
      value = value * 10 + (array[i] - '0');
    }
    return negative ? -value : value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
