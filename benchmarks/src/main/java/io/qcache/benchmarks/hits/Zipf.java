package io.qcache.benchmarks.hits;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Ranks from 0, the n-th with a weight of (n+1)^-skew: exact, by binary search in the sums; 8 bytes a rank. */
final class Zipf {
  private final double[] sums;
  private final SplittableRandom random;

  Zipf(int ranks, double skew, SplittableRandom random) {
    this.random = random;
    sums = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += Math.pow(i + 1, -skew);
      sums[i] = sum;
    }
  }

  int next() {
    int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
    return Math.min(at < 0 ? -at - 1 : at, sums.length - 1);
  }
}
