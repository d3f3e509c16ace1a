package io.qcache;

/** A subscription that has begun, until it is closed or its cache is.  Thread-safe. */
public interface Listening extends AutoCloseable {
  /** How many messages have been missed so far, since the queue had no room for them. */
  long missed();

  /** How often the connection to the server was lost and made anew, each time with an unknown loss; 0 embedded. */
  long interruptions();

  /**
   * Ends it: a message that is with the listener is the last, and who waits for one sees the end.  A second call does
   * nothing.
   */
  @Override void close();
}
