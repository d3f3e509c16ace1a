package io.qcache.net.session;

import io.qcache.net.option.OutputClass;
import io.qcache.resp.Output;

/**
 * The other side of a session's connection, as far as a session must know it.  Implemented by the connection; every
 * method may be called by any thread, and figures may be a moment old.
 */
public interface Peer {
  /** No time at all. */
  long NEVER = Long.MAX_VALUE;

  /** Where the client is, as {@code 127.0.0.1:1234}. */
  String remoteAddress();

  /** Where the client has connected to, as {@code 127.0.0.1:5001}. */
  String localAddress();

  /** Whether the client came over the loopback interface or a Unix socket. */
  boolean isLocal();

  /** Whether it came over a Unix socket. */
  boolean isUnixSocket();

  /** Gives the session a turn soon, on its own loop; returns at once. */
  void wake();

  /**
   * Gives it one in so many milliseconds, {@link #NEVER} for none; takes the place of what was said before.  By the session's
   * own loop.
   */
  void wakeIn(long millis);

  /** Ends the connection soon, on its own loop; returns at once.  What is unsent may be lost. */
  void kill();

  /** Received bytes that wait to be parsed. */
  long inputBytes();

  /** The memory at hand for more of them, in bytes. */
  long inputFreeBytes();

  /** Reply bytes that wait to be sent. */
  long outputBytes();

  /** In how many pieces they lie. */
  int outputPieces();

  /** Whether it waits for the client to take replies, and reads nothing meanwhile. */
  boolean isBlocked();

  /**
   * Whether so many bytes more may be held for this client than at the end of the last turn.  If not its connection is being closed: what is written
   * from now on reaches nobody, and need not be kept.  By the session's own loop.
   */
  boolean hasRoom(long bytes);

  /**
   * Sends the message soon, behind what has been replied and after a long reply's end; returns at once.  Those of one
   * thread come in its order.  A connection that takes them too slowly is closed by {@code client-output-buffer-limit};
   * one that is closed drops it.  Called by the session's own loop, the message still comes no earlier than the turn's
   * replies.
   */
  void push(Message message);

  /**
   * Writes the messages that were pushed and are not on their way yet to that output, so that none of them comes behind
   * what is replied next.  By the session's own loop, in its turn.
   */
  void givePushed(Output to);

  /** Which limits are for its output, from now on. */
  void outputClass(OutputClass next);

  /**
   * Whether {@link Session#feed} shall return before its next command, the output being as long as it may become in one
   * turn.  Asked by the session's own loop between two commands, so it must be cheap.
   */
  boolean isFull();
}
