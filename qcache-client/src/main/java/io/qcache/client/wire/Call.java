package io.qcache.client.wire;

import io.qcache.resp.Reply;

/**
 * What waits for the reply to one request.  One of the two methods is called, once, by the connection's thread; it must
 * not block, and what it throws ends the connection.
 */
public interface Call {
  /** The reply, perhaps an error. */
  void reply(Reply reply);

  /**
   * There will be none.
   *
   * @param mayHaveRun whether the request was sent, at least in part
   */
  void lost(Loss why, boolean mayHaveRun);
}
