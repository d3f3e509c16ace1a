package io.qcache.net.session;

import io.qcache.engine.Database;
import io.qcache.engine.Numbers;
import io.qcache.engine.Sink;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.net.command.Row;
import io.qcache.resp.ReplyWriter;

/**
 * A command as its room gets it: the arguments in place, and where the reply goes.  It is itself the sink that writes a
 * value as a bulk string and a missing one as nil.  One for each session, used again for every command: nothing of it
 * may be kept, the arguments least.
 */
public final class Call implements Sink {
  private final Session session;
  private final ReplyWriter reply;
  private final Slices own = new Slices();
  private Slices args = own;
  private Row row;
  private int left; // bytes of the value that comes in parts

  Call(Session session, ReplyWriter reply) {
    this.session = session;
    this.reply = reply;
  }

  /** The arguments' list, emptied. */
  Slices refill() {
    own.clear();
    args = own;
    return own;
  }

  void row(Row of) {
    row = of;
  }

  /** Other arguments from now on: those of a queued command. */
  void args(Slices queued) {
    args = queued;
  }

  /** The row that was called. */
  public Row row() {
    return row;
  }

  public Session session() {
    return session;
  }

  public Host host() {
    return session.host();
  }

  /** The database that the session has selected. */
  public Database db() {
    return session.database();
  }

  public ReplyWriter reply() {
    return reply;
  }

  // Arguments

  /** All arguments, the command's name first. */
  public Slices args() {
    return args;
  }

  public int count() {
    return args.size();
  }

  public Slice slice(int i) {
    return args.get(i);
  }

  /** The argument as an integer; a Signal says where it is none. */
  public long integer(int i) {
    return Numbers.parse(args.get(i));
  }

  /** The argument as an integer of 32 bits. */
  public int int32(int i) {
    long value = integer(i);
    if (value != (int) value) {
      throw Refusal.NOT_AN_INT;
    }
    return (int) value;
  }

  // The sink

  @Override public void value(byte[] array, int offset, int length) {
    reply.bulk(array, offset, length);
  }

  @Override public void begin(int length) {
    reply.bulkHeader(length);
    left = length;
    endPart();
  }

  @Override public void part(byte[] array, int offset, int length) {
    reply.output().bytes(array, offset, length);
    left -= length;
    endPart();
  }

  private void endPart() {
    if (left == 0) {
      reply.crlf();
    }
  }

  @Override public void missing() {
    reply.nil();
  }

  @Override public long mark() {
    return reply.mark();
  }

  @Override public void rewind(long mark) {
    reply.rewind(mark);
  }
}
