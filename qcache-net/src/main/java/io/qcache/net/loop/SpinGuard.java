package io.qcache.net.loop;

/**
 * Notices a selector that returns at once, again and again, with nothing ready and nobody having woken it: some kernels
 * and JDKs have bugs that make it so, and the loop would burn a processor.  Event loop only.
 */
final class SpinGuard {
  static final int MOST = 512;

  private int empty;

  /** A select has returned; whether the selector must be replaced. */
  boolean isSpinning(int ready, boolean hadReason) {
    if (ready > 0 || hadReason) {
      empty = 0;
      return false;
    }
    if (++empty < MOST) {
      return false;
    }
    empty = 0;
    return true;
  }
}
