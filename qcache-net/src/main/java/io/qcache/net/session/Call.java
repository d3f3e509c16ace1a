package io.qcache.net.session;

import io.qcache.ValueType;
import io.qcache.engine.Database;
import io.qcache.engine.Numbers;
import io.qcache.engine.Producer;
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
public final class Call extends ReplySink {
  private final Session session;
  private final Slices own = new Slices();
  private Slices args = own;
  private Row row;

  Call(Session session, ReplyWriter reply) {
    super(reply);
    this.session = session;
  }

  /** The arguments' list, emptied. */
  Slices refill() {
    own.clear();
    args = own;
    return own;
  }

  /** Refers to no arguments any more. */
  void forget() {
    own.forget();
    args = own;
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

  /** The argument as an integer from {@code least} on; whatever else it is, that refusal. */
  public long integer(int i, long least, Refusal otherwise) {
    Slice text = args.get(i);
    long value = Numbers.isLong(text.array(), text.offset(), text.length()) ? Numbers.parse(text) : Long.MIN_VALUE;
    if (value < least) {
      throw otherwise;
    }
    return value;
  }

  // The sink

  /** Keeps it: it gives its values as bulk strings, bit by bit, while other connections have their turns. */
  @Override public void produce(Producer producer) {
    session.produce(producer, new ReplySink(reply()));
  }

  /** The same for values that become something else, by a sink of its own that writes to {@link #reply()}. */
  @Override public void produce(Producer producer, Sink sink) {
    session.produce(producer, sink);
  }

  /** Whether other commands follow before the reply leaves, and see what this one has left: it is one of EXEC's. */
  public boolean isWithinTransaction() {
    return session.transaction().isRunning();
  }

  /**
   * Takes of the first of the keys from {@code from} to before {@code to} that is there; where none is the session waits for that,
   * unless it is in the middle of a transaction.
   *
   * @param type   what the keys have to hold
   * @param target the key to which it moves what it takes, null for none
   * @param endMillis until when it waits, in milliseconds of the engine's clock
   * @return false where there is nothing, and it does not wait
   */
  public boolean take(ValueType type, int from, int to, Slice target, long endMillis, Wanted wanted) {
    boolean waits = !isWithinTransaction();
    Blocked command = new Blocked(this, type, target, wanted);
    if (command.start(args, from, to, waits)) {
      return true;
    }
    if (waits) {
      session.await(command, endMillis);
    }
    return waits;
  }

  @Override public void rewind(long mark) {
    session.rewind(mark);
  }
}
