package io.qcache.net.room;

import io.qcache.engine.Sink;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.ReplyWriter;

/**
 * A sink for values whose number is known only in the end, but stands at the head of the reply: they wait here,
 * encoded.
 */
final class Collected implements Sink {
  private static final int COUNT_BITS = 31;

  private final GrowingOutput bytes = new GrowingOutput();
  private final ReplyWriter writer = new ReplyWriter(bytes);
  private int count;
  private int replied; // bytes

  @Override public void value(byte[] array, int offset, int length) {
    writer.bulk(array, offset, length);
    count++;
  }

  @Override public void begin(int length) {
    throw new IllegalStateException("a key comes whole");
  }

  @Override public void part(byte[] array, int offset, int length) {
    throw new IllegalStateException("a key comes whole");
  }

  @Override public void missing() {
    throw new IllegalStateException("a key that is walked over is there");
  }

  /** Position and count in one: each is below 2^31. */
  @Override public long mark() {
    return bytes.mark() << COUNT_BITS | count;
  }

  @Override public void rewind(long mark) {
    bytes.rewind(mark >>> COUNT_BITS);
    count = (int) (mark & (1L << COUNT_BITS) - 1);
  }

  /** What waits here, in bytes. */
  int bytes() {
    return bytes.size();
  }

  /** Writes the array of them. */
  void replyTo(ReplyWriter reply) {
    replyTo(reply, Integer.MAX_VALUE);
  }

  /** Writes the next part of the array of them, of about {@code most} bytes; whether there is more. */
  boolean replyTo(ReplyWriter reply, int most) {
    if (replied == 0) {
      reply.array(count);
    }
    int part = Math.min(most, bytes.size() - replied);
    reply.output().bytes(bytes.array(), replied, part);
    replied += part;
    return replied < bytes.size();
  }
}
