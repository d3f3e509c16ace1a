package io.qcache.keyspace;

/**
 * Told of every allocation of the store just before it, so that a test can let the n-th of them fail; costs nothing
 * unless {@code qcache.checks} is set.
 */
public final class Allocation {
  private static final boolean CHECKS = Boolean.getBoolean("qcache.checks");
  // allocations that this thread has left, where counted
  private static final ThreadLocal<long[]> LEFT = new ThreadLocal<>();

  private Allocation() {}

  /** Throws OutOfMemoryError where the test at hand wants this one to fail. */
  public static void comes() {
    if (CHECKS) {
      long[] left = LEFT.get();
      if (left != null && left[0]-- == 0) {
        throw new OutOfMemoryError("this allocation was told to fail");
      }
    }
  }

  /** Lets this thread's next allocation but {@code succeeding} fail, once; a negative number lets all succeed. */
  public static void failAfter(long succeeding) {
    if (succeeding < 0) {
      LEFT.remove();
    } else {
      LEFT.set(new long[] {succeeding});
    }
  }

  /** Whether the allocation that was to fail has come. */
  public static boolean hasFailed() {
    return LEFT.get()[0] < 0;
  }
}
