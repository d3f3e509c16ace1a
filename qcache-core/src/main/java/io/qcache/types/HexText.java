package io.qcache.types;

import java.math.BigInteger;

/** Hexadecimal floating-point text, {@code 0x1.8p3}, which C's strtold takes as well. */
final class HexText {
  private HexText() {}

  static boolean isHex(String text) {
    return text.length() > 2 && text.charAt(0) == '0' && (text.charAt(1) == 'x' || text.charAt(1) == 'X');
  }

  /** The number, or null where the text is none or out of range. */
  static ExtendedFloat parse(String text) {
    StringBuilder digits = new StringBuilder();
    int point = -1;
    int i = 2;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = digits.length();
      } else if (c < 128 && Character.digit(c, 16) >= 0) {
        digits.append(c);
      } else {
        break;
      }
    }
    if (digits.length() == 0) {
      return null;
    }
    long exponent = point < 0 ? 0 : (point - digits.length()) * 4L;
    if (i < text.length()) {
      Long given = text.charAt(i) == 'p' || text.charAt(i) == 'P' ? DecimalText.exponent(text, i + 1) : null;
      if (given == null) {
        return null;
      }
      exponent += given;
    }
    BigInteger significand = new BigInteger(digits.toString(), 16);
    if (significand.signum() == 0) {
      return ExtendedFloat.ZERO;
    }
    boolean far = Math.abs(exponent) > 50_000; // digits are at most 5 KiB, 20 kbit
    return far ? null : ExtendedFloat.inRange(ExtendedFloat.round(significand, BigInteger.ONE, (int) exponent));
  }
}
