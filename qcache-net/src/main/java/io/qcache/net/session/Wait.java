package io.qcache.net.session;

/**
 * What keeps a session from its next command: one that has not replied yet, as {@link Session#await} was told.  Asked in each
 * turn of the session; who has news of it gives it one by {@link Peer#wake}.  The session's loop only, unless said otherwise.
 */
public interface Wait {
  /** Whether it is over: then it has written its reply, or throws what becomes of that, and is not asked again. */
  boolean isOver(Call call) throws Throwable;

  /** Its time is up.  Writes what that replies; false where it has come to its end otherwise just now, and is to be asked again. */
  boolean giveUp(Call call);

  /** The session has gone; nothing else is called any more. */
  void drop();

  /** Ends it, if it has not ended, as if its time were up or with an error, and gives the session a turn; from any thread.  Whether it did. */
  boolean unblock(boolean withError);

  /** The session is about to be closed: nothing is done for it any more; from any thread. */
  default void cancel() {}

  /** What it holds, in bytes; for any thread. */
  default long heldBytes() {
    return 0;
  }
}
