package io.qcache.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Keys of 20 bytes, and an order to ask for them: Zipf-like, so that few are asked for often and most seldom. */
final class Keys {
  private static final double SKEW = 0.99;

  private Keys() {}

  static byte[] key(int number) {
    byte[] key = "key:0000000000000000".getBytes(StandardCharsets.US_ASCII);
    int left = number;
    for (int i = key.length - 1; left > 0; i--, left /= 10) {
      key[i] = (byte) ('0' + left % 10);
    }
    return key;
  }

  static byte[][] all(int count) {
    byte[][] keys = new byte[count][];
    for (int i = 0; i < count; i++) {
      keys[i] = key(i);
    }
    return keys;
  }

  /**
   * Numbers from 0 to {@code keys - 1}, the n-th most frequent with a weight of n^-0.99, spread over the range so that
   * neighbours are not equally hot.  (Gray et al.: Quickly generating billion-record synthetic databases, 1994.)
   */
  static int[] zipf(int keys, int length, long seed) {
    double zeta = 0;
    for (int i = 1; i <= keys; i++) {
      zeta += 1 / Math.pow(i, SKEW);
    }
    double alpha = 1 / (1 - SKEW);
    double eta = (1 - Math.pow(2.0 / keys, 1 - SKEW)) / (1 - (1 + Math.pow(0.5, SKEW)) / zeta);
    Random random = new Random(seed);
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      double u = random.nextDouble();
      double uz = u * zeta;
      int rank = uz < 1 ? 0 : uz < 1 + Math.pow(0.5, SKEW) ? 1 : (int) (keys * Math.pow(eta * u - eta + 1, alpha));
      order[i] = (int) (Math.min(rank, keys - 1) * 2_654_435_761L % keys);
    }
    return order;
  }
}
