package io.qcache.resp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Doubles to text and back, as Redis 7.0 writes them: C's {@code %.17g}, {@code inf}, {@code -inf}, {@code nan}. */
final class Doubles {
  /** Bytes of the longest one, {@code -2.2250738585072014e-308}. */
  static final int MOST = 24;

  private static final long[] FIVES = fives();
  private static final MathContext DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);
  private static final long TEN_TO_16 = 10_000_000_000_000_000L;
  private static final long TEN_TO_17 = 10 * TEN_TO_16;

  private Doubles() {}

  /** Writes the number from {@code a[at]} on, which needs up to {@link #MOST} bytes; returns where it ends. */
  static int put(byte[] a, int at, double number) {
    double size = Math.abs(number);
    // A whole number below 10^17 has at most 17 digits: they are all printed, and there is nothing behind them.
    if (number == Math.rint(number) && size < TEN_TO_17) {
      return number == 0 && 1 / number < 0 ? put(a, at, "-0") : Digits.put(a, at, (long) number);
    }
    if (size > 0.00009 && size < TEN_TO_17) {
      int exponent = exponent(size);
      if (exponent >= -4) {
        return fraction(a, at, number, exponent);
      }
    }
    return put(a, at, text(number));
  }

  private static int put(byte[] a, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      a[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }

  /** Writes a number that is not whole without an exponent: 17 digits with the point among or before them. */
  private static int fraction(byte[] a, int at, double number, int exponent) {
    long digits = scaled(Math.abs(number), exponent, true);
    int p = at;
    if (number < 0) {
      a[p++] = '-';
    }
    int end;
    if (exponent < 0) {
      a[p] = '0';
      a[p + 1] = '.';
      java.util.Arrays.fill(a, p + 2, p + 1 - exponent, (byte) '0');
      end = Digits.put(a, p + 1 - exponent, digits);
    } else {
      end = Digits.put(a, p + 1, digits);
      System.arraycopy(a, p + 1, a, p, exponent + 1);
      a[p + exponent + 1] = '.';
    }
    // 17 digits tell every fraction from a whole number, so this ends behind the point.
    while (a[end - 1] == '0') {
      end--;
    }
    return end;
  }

  /**
   * The exponent of the first digit.  Rounding to 17 digits does not change it: no double that is not whole lies so
   * close below a power of ten (the test tries the neighbours of all).
   */
  private static int exponent(double size) {
    // The logarithm may be wrong in its last bits: so rather one too many, which the next line finds.
    int exponent = (int) Math.floor(Math.log10(size) + 1e-12);
    return scaled(size, exponent, false) < TEN_TO_16 ? exponent - 1 : exponent;
  }

  /**
   * The number times 10^(16 - exponent): its 17 digits, exactly, rounded half to even or down.  The number is m * 2^e
   * with m below 2^53, so this is m * 5^k * 2^(e + k): a product below 2^107, in two longs, shifted right.
   */
  private static long scaled(double size, int exponent, boolean round) {
    long bits = Double.doubleToRawLongBits(size);
    long m = bits & (1L << 52) - 1 | 1L << 52;
    int k = 16 - exponent;
    int shift = 1075 - (int) (bits >>> 52) - k;
    long high = Math.multiplyHigh(m, FIVES[k]);
    long low = m * FIVES[k];
    if (shift == 0) {
      return low;
    }
    long whole = high << 64 - shift | low >>> shift;
    long rest = low & (1L << shift) - 1;
    long half = 1L << shift - 1;
    boolean up = rest > half || rest == half && (whole & 1) != 0;
    return round && up ? whole + 1 : whole;
  }

  private static String text(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    return scientific(number);
  }

  /** 17 significant digits of the exact binary value, trailing zeros dropped, and an exponent of two digits or more. */
  private static String scientific(double number) {
    BigDecimal rounded = new BigDecimal(Math.abs(number)).round(DIGITS).stripTrailingZeros();
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    StringBuilder text = new StringBuilder(MOST);
    if (number < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    text.append(size < 10 ? "0" : "").append(size);
    return text.toString();
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

  private static long[] fives() {
    long[] powers = new long[24];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = 5 * powers[i - 1];
    }
    return powers;
  }
}
