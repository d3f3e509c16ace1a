package io.qcache.resp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Doubles to text and back, as Redis 7.0 writes them: C's {@code %.17g}, {@code inf}, {@code -inf}, {@code nan}. */
final class Doubles {
  /** Bytes of the longest one, {@code -2.2250738585072014e-308}. */
  static final int MOST = 24;

  private static final MathContext DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);
  private static final double INTEGRAL_BELOW = 1e17;

  private Doubles() {}

  /** Writes the number from {@code a[at]} on, which needs up to {@link #MOST} bytes; returns where it ends. */
  static int put(byte[] a, int at, double number) {
    // A whole number below 10^17 has at most 17 digits: they are all printed, and there is nothing behind them.
    if (number == Math.rint(number) && Math.abs(number) < INTEGRAL_BELOW && !isNegativeZero(number)) {
      return Digits.put(a, at, (long) number);
    }
    String text = text(number);
    for (int i = 0; i < text.length(); i++) {
      a[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }

  private static boolean isNegativeZero(double number) {
    return number == 0 && 1 / number < 0;
  }

  private static String text(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return "-0";
    }
    return general(number);
  }

  /** 17 significant digits of the exact binary value, trailing zeros dropped, an exponent where C writes one. */
  private static String general(double number) {
    BigDecimal rounded = new BigDecimal(Math.abs(number)).round(DIGITS).stripTrailingZeros();
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    StringBuilder text = new StringBuilder(MOST);
    if (number < 0) {
      text.append('-');
    }
    if (exponent < -4 || exponent >= 17) {
      scientific(text, digits, exponent);
    } else if (exponent < 0) {
      text.append("0.").append("0".repeat(-exponent - 1)).append(digits);
    } else {
      plain(text, digits, exponent + 1);
    }
    return text.toString();
  }

  private static void scientific(StringBuilder text, String digits, int exponent) {
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    text.append(size < 10 ? "0" : "").append(size);
  }

  private static void plain(StringBuilder text, String digits, int whole) {
    if (digits.length() <= whole) {
      text.append(digits).append("0".repeat(whole - digits.length()));
    } else {
      text.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
    }
  }

  /**
   * The number in {@code a[from, to)}: digits with a point and an exponent, a sign or none, or inf, -inf, nan.
   *
   * @throws NumberFormatException if it is anything else
   */
  static double parse(byte[] a, int from, int to) {
    String text = new String(a, from, to - from, StandardCharsets.ISO_8859_1);
    switch (text) {
      case "inf":
        return Double.POSITIVE_INFINITY;
      case "-inf":
        return Double.NEGATIVE_INFINITY;
      case "nan", "-nan":
        return Double.NaN;
      default:
        return decimal(text);
    }
  }

  // Java takes more than a number: blanks around it, 1f, 0x1p3, NaN.
  private static double decimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException("not a number");
      }
    }
    return Double.parseDouble(text);
  }
}
