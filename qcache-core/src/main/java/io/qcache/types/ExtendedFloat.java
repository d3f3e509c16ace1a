package io.qcache.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * A floating-point number with a 64-bit significand and a 15-bit exponent, the x87 extended format that Redis's
 * {@code long double} is on x86: parsed, added and printed with the same roundings, so digit for digit the same text.
 * Immutable.
 *
 * <p>A finite value is {@code significand * 2^exponent}, the significand below 2^64 in magnitude.  Every step is
 * computed exactly and rounded once, to nearest, ties to even.  (IEEE 754-2019, section 4.3.1; Intel SDM volume 1,
 * section 4.2.2.)
 */
public final class ExtendedFloat {
  public static final ExtendedFloat ZERO = new ExtendedFloat(BigInteger.ZERO, 0, null);

  private static final int PRECISION = 64;
  private static final int LEAST_EXPONENT = -16445; // of the lowest bit of a subnormal
  private static final int MOST_EXPONENT = 16320; // of the lowest bit of the greatest value
  private static final int MOST_TEXT = 5 * 1024 - 1; // what Redis has room for
  private static final int PRINTED_DIGITS = 17;

  private final BigInteger significand;
  private final int exponent;
  private final Double special; // an infinity or NaN, otherwise null

  private ExtendedFloat(BigInteger significand, int exponent, Double special) {
    this.significand = significand;
    this.exponent = exponent;
    this.special = special;
  }

  public boolean isFinite() {
    return special == null;
  }

  /** The number that the bytes are, as C's strtold reads them, all of them and without white space; null where none. */
  public static ExtendedFloat parse(byte[] array, int offset, int length) {
    if (length == 0 || length > MOST_TEXT) {
      return null;
    }
    String text = new String(array, offset, length, StandardCharsets.ISO_8859_1);
    char first = text.charAt(0);
    boolean negative = first == '-';
    String magnitude = negative || first == '+' ? text.substring(1) : text;
    if (magnitude.equalsIgnoreCase("inf") || magnitude.equalsIgnoreCase("infinity")) {
      return new ExtendedFloat(null, 0, negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    ExtendedFloat number = HexText.isHex(magnitude) ? HexText.parse(magnitude) : parseDecimal(magnitude);
    return number == null || !negative ? number : new ExtendedFloat(number.significand.negate(), number.exponent, null);
  }

  private static ExtendedFloat parseDecimal(String text) {
    DecimalText decimal = DecimalText.of(text);
    if (decimal == null || decimal.digits.signum() == 0) {
      return decimal == null ? null : ZERO;
    }
    long magnitude = decimal.digits.toString().length() + decimal.exponent;
    if (magnitude > 4_940 || magnitude < -4_960) {
      return null; // far outside the range, which ends near 10^4932 and 10^-4951
    }
    int exponent = (int) decimal.exponent;
    BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
    return exponent >= 0
        ? inRange(round(decimal.digits.multiply(power), BigInteger.ONE, 0))
        : inRange(round(decimal.digits, power, 0));
  }

  /** Text that overflows, or that is not zero and rounds to it, is no number. */
  static ExtendedFloat inRange(ExtendedFloat number) {
    return number.isFinite() && number.significand.signum() != 0 ? number : null;
  }

  public ExtendedFloat plus(ExtendedFloat other) {
    if (special != null || other.special != null) {
      double sum = (special == null ? 0 : special) + (other.special == null ? 0 : other.special);
      return new ExtendedFloat(null, 0, sum);
    }
    int low = Math.min(exponent, other.exponent);
    BigInteger sum = significand.shiftLeft(exponent - low).add(other.significand.shiftLeft(other.exponent - low));
    return round(sum, BigInteger.ONE, low);
  }

  /** The value of {@code numerator / denominator * 2^scale}, rounded. */
  static ExtendedFloat round(BigInteger numerator, BigInteger denominator, int scale) {
    if (numerator.signum() == 0) {
      return ZERO;
    }
    BigInteger magnitude = numerator.abs();
    // 2^(bits-1) < magnitude / denominator < 2^(bits+1): the quotient below has 64 bits or 65
    int bits = magnitude.bitLength() - denominator.bitLength();
    int low = Math.max(bits - PRECISION, LEAST_EXPONENT - scale);
    BigInteger rounded = divideToEven(shifted(magnitude, -low), shifted(denominator, low));
    if (rounded.bitLength() > PRECISION) {
      low++;
      rounded = divideToEven(shifted(magnitude, -low), shifted(denominator, low));
    }
    int exponent = low + scale;
    if (rounded.bitLength() > PRECISION) { // rounded up to 2^64
      rounded = rounded.shiftRight(1);
      exponent++;
    }
    if (exponent > MOST_EXPONENT) {
      return new ExtendedFloat(null, 0, numerator.signum() < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return new ExtendedFloat(numerator.signum() < 0 ? rounded.negate() : rounded, exponent, null);
  }

  private static BigInteger shifted(BigInteger number, int by) {
    return by > 0 ? number.shiftLeft(by) : number;
  }

  private static BigInteger divideToEven(BigInteger numerator, BigInteger denominator) {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    int half = parts[1].shiftLeft(1).compareTo(denominator);
    boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
    return up ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  /** The finite value as decimal text: no exponent, at most 17 digits behind the point, no zeros at its end. */
  public byte[] text() {
    BigDecimal exact = exponent >= 0
        ? new BigDecimal(significand.shiftLeft(exponent))
        : new BigDecimal(significand.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
    BigDecimal printed = exact.setScale(PRINTED_DIGITS, RoundingMode.HALF_EVEN);
    String text = printed.signum() == 0 ? "0" : withoutZeros(printed.toPlainString());
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String withoutZeros(String text) {
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
