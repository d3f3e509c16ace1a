package io.qcache.net.session;

import io.qcache.engine.Database;
import io.qcache.engine.Plan;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.Watch;
import io.qcache.net.command.Row;

/**
 * A session's MULTI and WATCH.  EXEC takes one plan of the stripes of all queued commands' keys and all watched keys,
 * asks the watch under it, and runs the queue before it gives the plan back: so a WATCH misses no change, and nobody
 * sees half a transaction.
 */
public final class Transaction {
  private final Session session;
  private Queue queue;          // null: no MULTI
  private boolean spoiled;      // a command could not be queued
  private boolean writing;      // one that is queued may write
  private boolean running;
  private Watch watch;          // null until first used
  private volatile int queued = -1;

  Transaction(Session session) {
    this.session = session;
  }

  /** Whether commands are being queued. */
  public boolean isOpen() {
    return queue != null;
  }

  /** Whether its commands are being run. */
  boolean isRunning() {
    return running;
  }

  /** How many commands are queued, -1 without MULTI; for any thread. */
  public int queued() {
    return queued;
  }

  /** Whether a watched key has changed, so that EXEC will run nothing; for any thread, which may learn it late. */
  public boolean isVoid() {
    Watch current = watch;
    return current != null && current.isFlagged();
  }

  /** Bytes that the queue takes. */
  public long queuedBytes() {
    Queue open = queue; // racy when asked by another thread, which gets a figure a moment old
    return open == null ? 0 : open.bytes();
  }

  public void begin() {
    if (isOpen()) {
      throw Refusal.NESTED_MULTI;
    }
    queue = new Queue();
    queued = 0;
  }

  public void watch(Database database, Slice key) {
    if (watch == null) {
      watch = session.host().engine().watch();
    }
    watch.add(database, key);
  }

  public void unwatch() {
    if (watch != null) {
      watch.clear();
    }
  }

  /** Forgets what is queued and what is watched. */
  public void discard() {
    queue = null;
    queued = -1;
    spoiled = false;
    writing = false;
    unwatch();
  }

  /** Adds a command; false where there is no room for it. */
  boolean queue(Row row, Slices args) {
    if (spoiled || isVoid()) {
      return true; // EXEC will run none of them: what would be kept could only cost memory
    }
    writing |= row.mayWrite();
    boolean added = queue.add(row, args, session.host().maxQueueBytes());
    queued = queue.size();
    return added;
  }

  /** EXEC will run nothing. */
  void spoil() {
    if (isOpen()) {
      spoiled = true;
      queue = new Queue(); // frees what a client has sent in vain
    }
  }

  /** Whether a command that is queued may write. */
  boolean mayWrite() {
    return writing;
  }

  boolean isEndedBy(Row row) {
    return row.name().equals("exec");
  }

  /** Whether the command may change something, or tell others something: by itself, or by running what is queued. */
  boolean mayWrite(Row row) {
    return row.mayWrite() || isEndedBy(row) && writing;
  }

  /** Runs what is queued and replies an array of the replies, or nil where a watched key has changed. */
  public void exec(Call call) {
    try {
      if (spoiled) {
        throw Refusal.EXEC_ABORTED;
      }
      exec(queue, call);
    } finally {
      discard(); // not before: while its commands run, CLIENT LIST shows them
    }
  }

  private void exec(Queue commands, Call call) {
    Slices args = new Slices();
    if (session.isSubscribed()) {
      session.givePushed(); // here rather than within the array
    }
    try (Plan held = acquired(plan(commands, args))) {
      boolean touched = watch != null && watch.isTouched();
      unwatch(); // within the plan: the transaction's own changes are nothing to be told of
      if (touched) {
        call.reply().nilArray();
      } else {
        run(commands, args, call);
      }
    }
    session.published().handOver(); // outside the plan: who gets it may run anything
  }

  private static Plan acquired(Plan plan) {
    try {
      return plan.acquire();
    } catch (Signal noRoom) { // all that it can be
      throw Refusal.execAborted(Refusal.OUT_OF_MEMORY);
    }
  }

  private Plan plan(Queue commands, Slices args) {
    Plan plan = session.host().engine().plan();
    Queue.Reader reader = commands.reader();
    for (Row row = reader.next(args); row != null; row = reader.next(args)) {
      row.addTo(plan, args);
    }
    if (watch != null) {
      watch.addTo(plan);
    }
    return plan;
  }

  private void run(Queue commands, Slices args, Call call) {
    Slices outer = call.args();
    call.reply().array(commands.size());
    call.args(args);
    running = true;
    try {
      Queue.Reader reader = commands.reader();
      for (Row row = reader.next(args); row != null; row = reader.next(args)) {
        long mark = call.mark();
        session.dispatch().invoke(row, mark);
        if (call.mark() == mark) {
          call.reply().ok(); // CLIENT REPLY is silent elsewhere; here the array has a place to fill
        }
      }
    } finally {
      running = false;
      call.args(outer);
    }
  }
}
