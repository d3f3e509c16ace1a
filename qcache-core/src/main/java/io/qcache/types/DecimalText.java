package io.qcache.types;

import java.math.BigInteger;

/** Decimal text taken apart: {@code digits * 10^exponent}. */
final class DecimalText {
  private static final int MOST_EXPONENT_DIGITS = 9; // more is out of range whatever the digits, and would overflow

  final BigInteger digits;
  final long exponent;

  private DecimalText(BigInteger digits, long exponent) {
    this.digits = digits;
    this.exponent = exponent;
  }

  /** Digits with at most one point among them, then perhaps an exponent; null where the text is anything else. */
  static DecimalText of(String text) {
    StringBuilder digits = new StringBuilder();
    int point = -1;
    int i = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = digits.length();
      } else if (c >= '0' && c <= '9') {
        digits.append(c);
      } else {
        break;
      }
    }
    if (digits.length() == 0) {
      return null;
    }
    long exponent = point < 0 ? 0 : point - digits.length();
    if (i < text.length()) {
      Long given = text.charAt(i) == 'e' || text.charAt(i) == 'E' ? exponent(text, i + 1) : null;
      if (given == null) {
        return null;
      }
      exponent += given;
    }
    return new DecimalText(new BigInteger(digits.toString()), exponent);
  }

  /** The exponent from {@code from} to the end of the text: a sign perhaps, then digits; null where it is none. */
  static Long exponent(String text, int from) {
    int i = from;
    boolean negative = i < text.length() && text.charAt(i) == '-';
    if (negative || (i < text.length() && text.charAt(i) == '+')) {
      i++;
    }
    if (i == text.length()) {
      return null;
    }
    long value = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = Math.min(value * 10 + (c - '0'), (long) Math.pow(10, MOST_EXPONENT_DIGITS));
    }
    return negative ? -value : value;
  }
}
