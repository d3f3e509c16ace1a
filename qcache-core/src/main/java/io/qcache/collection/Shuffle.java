package io.qcache.collection;

import java.util.random.RandomGenerator;

/**
 * The numbers below a bound, each once, in a random order.  Up to {@link #FEW} they are shuffled; more take no memory: a
 * permutation of the numbers of so many bits, made of steps that can all be undone under random secrets, skips what is not below
 * the bound.  For one thread at a time.
 */
public final class Shuffle {
  static final int FEW = 256;
  private static final int ROUNDS = 4;

  private final long bound;
  private final RandomGenerator random;
  private final int[] few; // null where there are more
  private long next;
  private long given;
  private final long mask;
  private final int shift;
  private final long[] factors;
  private final long[] addends;

  /** The numbers from 0 to below {@code bound}. */
  public Shuffle(long bound, RandomGenerator random) {
    this.bound = bound;
    this.random = random;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, bound - 1));
    mask = -1L >>> Long.SIZE - bits;
    shift = bits + 1 >>> 1;
    if (bound <= FEW) {
      few = new int[(int) bound];
      for (int i = 0; i < few.length; i++) {
        few[i] = i;
      }
      factors = null;
      addends = null;
    } else {
      few = null;
      factors = new long[ROUNDS];
      addends = new long[ROUNDS + 1];
      for (int i = 0; i < ROUNDS; i++) {
        factors[i] = random.nextLong() | 1; // odd, so that it has an inverse
        addends[i] = random.nextLong();
      }
      addends[ROUNDS] = random.nextLong();
    }
  }

  public boolean hasNext() {
    return given < bound;
  }

  public long next() {
    given++;
    if (few != null) {
      int left = (int) (bound - next);
      int at = (int) next + random.nextInt(left);
      int number = few[at];
      few[at] = few[(int) next++];
      return number;
    }
    long number;
    do {
      number = permuted(next++);
    } while (number >= bound);
    return number;
  }

  private long permuted(long number) {
    long x = number;
    for (int i = 0; i < ROUNDS; i++) {
      x = x * factors[i] + addends[i] & mask;
      x ^= x >>> shift;
    }
    return x + addends[ROUNDS] & mask;
  }
}
