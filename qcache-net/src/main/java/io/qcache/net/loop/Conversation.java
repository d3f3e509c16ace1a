package io.qcache.net.loop;

/** What a connection's bytes mean: a session, as far as the loop knows it.  Called by the connection's loop alone. */
public interface Conversation {
  /**
   * Takes complete commands of {@code array[from, to)}, until the peer is full.  Returns the bytes taken; the rest
   * comes again, from the same place on, with more behind it where it is not complete.
   */
  int feed(byte[] array, int from, int to);

  /** Says that it will soon be fed this, after what others have been told: it may prepare for it. */
  void announce(byte[] array, int from, int to);

  /** How many replies it has completed. */
  long replies();

  /**
   * Whether a reply is under way that takes more turns: it is fed again when the output so far is sent, if only with
   * nothing, and takes nothing until that reply's end.
   */
  boolean isReplying();

  /**
   * Whether it takes nothing until it has a turn that it has asked its peer for; what is fed meanwhile is kept.  It is not idle.
   */
  boolean isWaiting();

  /** Whether it waits for messages, so that it is not idle when it says nothing. */
  boolean isSubscribed();

  /** Whether to close when the output so far is sent. */
  boolean isClosing();

  /** Whether the peer has logged in, or need not. */
  boolean isAuthenticated();

  /** The memory that it holds beyond its output and what is kept of its input, in bytes; for any thread. */
  long heldBytes();

  /** Whether it shall not be closed because all together hold too much; for any thread. */
  boolean isSpared();

  /** The connection is gone; called once. */
  void close();
}
