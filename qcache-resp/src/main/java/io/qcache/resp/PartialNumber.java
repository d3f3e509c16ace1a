package io.qcache.resp;

/** A decimal number that arrives byte by byte: canonical digits, a minus before them or not, in the range of a long. */
final class PartialNumber {
  private long value;       // negative throughout: Long.MIN_VALUE has no positive counterpart
  private boolean negative;
  private boolean signed;
  private boolean anyDigit;

  void clear() {
    value = 0;
    negative = false;
    signed = false;
    anyDigit = false;
  }

  /** Takes the next byte; false if it can't follow, be it no digit, behind a leading zero or out of range. */
  boolean add(byte b, boolean mayHavePlus) {
    if (b >= '0' && b <= '9') {
      return add(b - '0');
    }
    if (!isEmpty() || b != '-' && !(b == '+' && mayHavePlus)) {
      return false;
    }
    signed = true;
    negative = b == '-';
    return true;
  }

  private boolean add(int digit) {
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    boolean leadingZero = anyDigit && value == 0;
    if (leadingZero || value < limit / 10 || value * 10 < limit + digit) {
      return false;
    }
    value = value * 10 - digit;
    anyDigit = true;
    return true;
  }

  boolean isEmpty() {
    return !signed && !anyDigit;
  }

  /** True if it may end here: it has digits, and is not {@code -0}. */
  boolean isWhole() {
    return anyDigit && !(negative && value == 0);
  }

  long value() {
    return negative ? value : -value;
  }
}
