package io.qcache.resp;

/** Decimal numbers to bytes and back. */
final class Digits {
  /** Bytes of the longest number, {@code -9223372036854775808}. */
  static final int MOST = 20;

  private static final byte[] PAIRS = pairs();

  private Digits() {}

  /** Writes the number from {@code a[at]} on, which needs up to {@link #MOST} bytes; returns where it ends. */
  static int put(byte[] a, int at, long number) {
    if (number >= 0 && number < 10) {
      a[at] = (byte) ('0' + number);
      return at + 1;
    }
    int p = at;
    if (number < 0) {
      a[p++] = '-';
    }
    // Negative throughout: Long.MIN_VALUE has no positive counterpart.
    long left = number < 0 ? number : -number;
    int end = p + sizeOfNegative(left);
    int q = end;
    while (left <= -100) {
      long rest = left / 100;
      q = pair(a, q, (int) (rest * 100 - left));
      left = rest;
    }
    if (left <= -10) {
      pair(a, q, (int) -left);
    } else {
      a[q - 1] = (byte) ('0' - left);
    }
    return end;
  }

  /** Bytes that the number takes. */
  static int size(long number) {
    return number < 0 ? 1 + sizeOfNegative(number) : sizeOfNegative(-number);
  }

  /**
   * The number in {@code a[from, to)}: digits without leading zeros, a minus before them or not, nothing else.
   *
   * @throws NumberFormatException if it is anything else, or out of the range of a long
   */
  static long parse(byte[] a, int from, int to) {
    boolean negative = from < to && a[from] == '-';
    int first = negative ? from + 1 : from;
    if (first == to || a[first] == '0' && to - from > 1) {
      throw notANumber();
    }
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long n = 0; // negative throughout, as above
    for (int p = first; p < to; p++) {
      int digit = a[p] - '0';
      if (digit < 0 || digit > 9 || n < limit / 10 || n * 10 < limit + digit) {
        throw notANumber();
      }
      n = n * 10 - digit;
    }
    return negative ? n : -n;
  }

  private static NumberFormatException notANumber() {
    return new NumberFormatException("not an integer, or out of the range of 64 bits");
  }

  private static int pair(byte[] a, int end, int below100) {
    a[end - 2] = PAIRS[2 * below100];
    a[end - 1] = PAIRS[2 * below100 + 1];
    return end - 2;
  }

  private static int sizeOfNegative(long negative) {
    long bound = -10;
    for (int size = 1; size < 19; size++) {
      if (negative > bound) {
        return size;
      }
      bound *= 10;
    }
    return 19;
  }

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }
}
