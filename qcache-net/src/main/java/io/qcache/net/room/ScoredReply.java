package io.qcache.net.room;

import io.qcache.engine.Producer;
import io.qcache.engine.ScoredSink;
import io.qcache.engine.Slice;
import io.qcache.net.session.ReplySink;
import io.qcache.resp.ReplyWriter;

/** Replies with members of sorted sets, with their scores where they are asked for: one behind the other, or in pairs. */
final class ScoredReply implements ScoredSink {
  private final ReplySink out;
  private final ReplyWriter reply;
  private final boolean scored;
  private final boolean paired;

  private ScoredReply(ReplySink out, boolean scored, boolean paired) {
    this.out = out;
    this.reply = out.reply();
    this.scored = scored;
    this.paired = paired;
  }

  /** Members alone. */
  static ScoredReply members(ReplySink out) {
    return new ScoredReply(out, false, false);
  }

  /** Members and scores, which are pairs in RESP3. */
  static ScoredReply scored(ReplySink out) {
    return new ScoredReply(out, true, out.reply().protocol() == 3);
  }

  /** Members and scores, one behind the other in whatever protocol. */
  static ScoredReply flat(ReplySink out) {
    return new ScoredReply(out, true, false);
  }

  /** A key, then pairs in whatever protocol. */
  static ScoredReply keyAndPairs(ReplySink out) {
    return new ScoredReply(out, true, true);
  }

  @Override public void key(Slice key) {
    reply.array(2);
    reply.bulk(key.array(), key.offset(), key.length());
  }

  @Override public void begin(long members) {
    reply.array(scored && !paired ? 2 * members : members);
  }

  @Override public void member(byte[] array, int from, int length, double score) {
    if (paired) {
      reply.array(2);
    }
    reply.bulk(array, from, length);
    if (scored) {
      reply.doubleNumber(score);
    }
  }

  @Override public void produce(Producer producer) {
    out.produce(producer, out);
  }
}
