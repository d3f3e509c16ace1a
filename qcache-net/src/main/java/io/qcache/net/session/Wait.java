package io.qcache.net.session;

/**
 * What keeps a session from its next command: one that has not replied yet, as {@link Session#await} was told.  Asked in each
 * turn of the session; who has news of it gives it one by {@link Peer#wake}.  The session's loop only.
 */
public interface Wait {
  /** Whether it is over: then it has written its reply, and is not asked again. */
  boolean isOver(Call call);

  /** Its time is up.  Writes what that replies; false where it has come to its end otherwise just now, and is to be asked again. */
  boolean giveUp(Call call);

  /** The session has gone; nothing else is called any more. */
  void drop();
}
