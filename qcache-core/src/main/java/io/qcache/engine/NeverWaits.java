package io.qcache.engine;

/**
 * A thread that has others to serve, such as an event loop: where a full queue makes a writer wait, it goes on, and the
 * listener is told what it missed.  To be implemented by the Thread's class.
 */
public interface NeverWaits {
  /** A unit that this thread made has that number in the log; it commits it itself. */
  default void wrote(long sequence) {}
}
