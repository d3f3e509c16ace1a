package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.types.DoubleText;

/**
 * Numbers in text.  One strict parser for every integer that a client or a value can hold: an optional minus, digits,
 * no plus, no leading zero, no space, nothing behind, within 64 bits; what it accepts prints back as the same text.
 */
public final class Numbers {
  /** The most bytes a long takes as text. */
  public static final int LONG_BYTES = 20;
  private static final byte[] PAIRS = pairs(); // the two digits of 0 to 99
  private static final long[] POWERS_OF_TEN = powersOfTen(); // 20 of them, without a sign

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
    while (left <= -10) {
      long rest = left / 100;
      int two = (int) (rest * 100 - left) * 2;
      into[--position] = PAIRS[two + 1];
      into[--position] = PAIRS[two];
      left = rest;
    }
    if (left != 0 || value == 0) {
      into[--position] = (byte) ('0' - left);
    }
    return length;
  }

  /** How many bytes the number's text takes. */
  public static int length(long value) {
    long size = value < 0 ? -value : value; // without a sign, so that there is one for the least too
    int digits = (Long.SIZE - Long.numberOfLeadingZeros(size)) * 1233 >> 12; // of bits to digits; one too few, or right
    digits += Long.compareUnsigned(size, POWERS_OF_TEN[digits]) >= 0 ? 1 : 0;
    return (value < 0 ? 1 : 0) + Math.max(1, digits);
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

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (byte) ('0' + (i % 2 == 0 ? i / 20 : i / 2 % 10));
    }
    return pairs;
  }

  private static long[] powersOfTen() {
    long[] powers = new long[20];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }
}
