package io.qcache.net.room;

import io.qcache.engine.ScoredSink;
import io.qcache.engine.Slice;
import io.qcache.resp.ReplyWriter;

/** Replies with a key, the one member that was popped of it, and its score. */
record PoppedReply(ReplyWriter reply, Slice key) implements ScoredSink {
  @Override public void begin(long members) {
    reply.array(3);
    reply.bulk(key.array(), key.offset(), key.length());
  }

  @Override public void member(byte[] array, int from, int length, double score) {
    reply.bulk(array, from, length);
    reply.doubleNumber(score);
  }
}
