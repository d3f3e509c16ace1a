package io.qcache.engine;

/**
 * A reply that is too long to be given at once: it keeps what it gives as it was at one instant, by a pin, and gives it bit
 * by bit without any lock.  For one thread at a time; to be closed on every way out, since until then writers copy what
 * they change.
 */
public interface Producer extends AutoCloseable {
  /**
   * Gives about {@code bytes} more, or works towards it for as long as that would take; whether there is more to come.
   */
  boolean give(Sink out, int bytes);

  @Override void close();
}
