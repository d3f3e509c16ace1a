package io.qcache.net.loop;

import io.qcache.Log;
import io.qcache.net.option.Options;
import io.qcache.net.session.Peer;
import io.qcache.resp.Output;

/** What the loops are run for.  Thread-safe. */
public interface Server {
  Options options();

  Log log();

  /** A new connection's conversation, writing to that output in its turns; by the connection's loop. */
  Conversation open(Peer peer, Output output);

  /** What is run next has been announced to the conversations of the calling loop. */
  void announced();

  /** A connection was refused before it got a conversation. */
  void rejected();

  /** A connection is being closed because all together hold too much. */
  void evicted();

  /** That loop has died of that, and the others are ending: the server is no more.  Called once, by that loop. */
  void died(Throwable reason, String loop);
}
