package io.qcache.types;

import java.nio.charset.StandardCharsets;

/**
 * Texts of doubles as C's strtod reads them, to the digit: decimal or hexadecimal, a sign or none, {@code inf},
 * {@code infinity}, in whatever case.  Never a NaN: that stands for a text that is no number.
 */
public final class DoubleText {
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
  };
  private static final int EASY_DIGITS = 18; // which fit a long, and that is rounded once
  private static final long EXACT = 1L << 53; // doubles hold all integers up to it, so that a quotient by a power is rounded once

  private DoubleText() {}

  /**
   * The number that all of the bytes are, without white space; NaN where they are none, or one that overflows, or that is not
   * zero and would become it.
   */
  public static double parse(byte[] array, int from, int length) {
    if (length == 0 || isSpace(array[from])) {
      return Double.NaN;
    }
    double easy = easy(array, from, length);
    return easy == easy ? easy : slowly(array, from, length, false);
  }

  /**
   * The number that a C string is: white space may lead, a zero byte ends it, nothing at all is 0, and what overflows is infinite.
   * NaN where it is none.
   */
  public static double parseLoosely(byte[] array, int from, int length) {
    int end = from;
    while (end < from + length && array[end] != 0) {
      end++;
    }
    if (end == from) {
      return 0;
    }
    int start = from;
    while (start < end && isSpace(array[start])) {
      start++;
    }
    double easy = easy(array, start, end - start);
    return easy == easy ? easy : slowly(array, start, end - start, true);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** What people write: few digits, perhaps with a point among them; NaN for anything else. */
  private static double easy(byte[] array, int from, int length) {
    int end = from + length;
    int i = from;
    boolean negative = length > 0 && array[from] == '-';
    if (negative) {
      i++;
    }
    if (end - i > EASY_DIGITS + 1 || i == end) {
      return Double.NaN;
    }
    long digits = 0;
    int point = -1;
    for (int at = i; at < end; at++) {
      int digit = array[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
      } else if (array[at] == '.' && point < 0 && end - i > 1) {
        point = at;
      } else {
        return Double.NaN;
      }
    }
    if (point < 0 ? end - i > EASY_DIGITS : digits > EXACT) {
      return Double.NaN;
    }
    double number = point < 0 ? digits : digits / TENS[end - 1 - point];
    return negative ? -number : number;
  }

  private static double slowly(byte[] array, int from, int length, boolean overflows) {
    String text = new String(array, from, length, StandardCharsets.ISO_8859_1);
    boolean signed = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
    String magnitude = signed ? text.substring(1) : text;
    double number;
    if (magnitude.equalsIgnoreCase("inf") || magnitude.equalsIgnoreCase("infinity")) {
      number = Double.POSITIVE_INFINITY;
    } else {
      boolean hex = HexText.isHex(magnitude);
      if (!isNumber(magnitude, hex)) {
        return Double.NaN;
      }
      number = Double.parseDouble(hex && magnitude.indexOf('p') < 0 && magnitude.indexOf('P') < 0 ? magnitude + "p0" : magnitude);
      if (!overflows && (Double.isInfinite(number) || (number == 0 && !isZero(magnitude, hex)))) {
        return Double.NaN;
      }
    }
    return signed && text.charAt(0) == '-' ? -number : number;
  }

  /** Digits with at most one point among them, then perhaps an exponent; Java's own parser would take more than that. */
  private static boolean isNumber(String text, boolean hex) {
    int i = hex ? 2 : 0;
    int digits = 0;
    boolean point = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (c < 128 && Character.digit(c, hex ? 16 : 10) >= 0) {
        digits++;
      } else {
        break;
      }
    }
    if (digits == 0 || i == text.length()) {
      return digits > 0;
    }
    char letter = text.charAt(i);
    boolean exponent = hex ? letter == 'p' || letter == 'P' : letter == 'e' || letter == 'E';
    return exponent && DecimalText.exponent(text, i + 1) != null;
  }

  private static boolean isZero(String text, boolean hex) {
    for (int i = hex ? 2 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == (hex ? 'p' : 'e') || c == (hex ? 'P' : 'E')) {
        return true;
      }
      if (c != '0' && c != '.') {
        return false;
      }
    }
    return true;
  }
}
