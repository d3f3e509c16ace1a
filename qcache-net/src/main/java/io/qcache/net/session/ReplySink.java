package io.qcache.net.session;

import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import io.qcache.resp.ReplyWriter;

/** A sink that replies: a value is a bulk string, a missing one nil.  For one reply at a time. */
public class ReplySink implements Sink {
  private final ReplyWriter reply;
  private int left; // bytes of the value that comes in parts

  protected ReplySink(ReplyWriter reply) {
    this.reply = reply;
  }

  /** Where the reply goes. */
  public final ReplyWriter reply() {
    return reply;
  }

  @Override public void value(byte[] array, int offset, int length) {
    reply.bulk(array, offset, length);
  }

  /** What is too long to be given at once, for a sink of its own that writes to {@link #reply}. */
  public void produce(Producer producer, Sink sink) {
    try (producer) {
      while (producer.give(sink, Integer.MAX_VALUE)) {
        Thread.onSpinWait();
      }
    }
  }

  @Override public void produce(Producer producer) {
    produce(producer, this);
  }

  @Override public void begin(int length) {
    reply.bulkHeader(length);
    left = length;
    endPart();
  }

  @Override public final void part(byte[] array, int offset, int length) {
    reply.output().bytes(array, offset, length);
    left -= length;
    endPart();
  }

  private void endPart() {
    if (left == 0) {
      reply.crlf();
    }
  }

  /** The header of an array; a reply of another type has a sink of its own. */
  @Override public void elements(long count) {
    reply.array(count);
  }

  @Override public final void missing() {
    reply.nil();
  }

  @Override public long mark() {
    return reply.mark();
  }

  @Override public void rewind(long mark) {
    reply.rewind(mark);
  }
}
