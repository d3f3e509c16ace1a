package io.qcache.net.room;

import io.qcache.engine.ScoredSink;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.ReplyWriter;

/** What ZSCAN has met, encoded, for its number stands at the head: members and scores as bulk strings in whatever protocol. */
final class ScannedMembers implements ScoredSink {
  private static final double MOST_WHOLE = Long.MAX_VALUE / 2; // that Redis's compact encoding keeps as an integer

  private final GrowingOutput bytes = new GrowingOutput();
  private final ReplyWriter writer = new ReplyWriter(bytes); // of RESP2
  private boolean compact;
  private long count;

  @Override public void compact(boolean is) {
    compact = is;
  }

  @Override public void begin(long members) {
    throw new IllegalStateException("a scan does not know how many members it meets");
  }

  @Override public void member(byte[] array, int from, int length, double score) {
    writer.bulk(array, from, length);
    if (compact && Math.abs(score) <= MOST_WHOLE && score == (long) score) {
      writer.bulkNumber((long) score); // without an exponent
    } else {
      writer.doubleNumber(score);
    }
    count += 2;
  }

  /** Writes the array of them. */
  void replyTo(ReplyWriter reply) {
    reply.array(count);
    reply.output().bytes(bytes.array(), 0, bytes.size());
  }
}
