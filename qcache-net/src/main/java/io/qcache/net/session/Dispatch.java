package io.qcache.net.session;

import io.qcache.engine.Signal;
import io.qcache.engine.Slices;
import io.qcache.net.command.Flag;
import io.qcache.net.command.Row;
import io.qcache.resp.ReplyWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * What becomes of a session's commands: each is found, then refused, queued, or run.
 *
 * <p>Each begins with a mark of the output: whatever its handler throws, the output is rewound, one error line takes the
 * reply's place, and the session goes on.
 *
 * <p>The session's loop only, but for {@link #lastRow}.
 */
final class Dispatch {
  private static final byte[] OUT_OF_MEMORY =
      "-OOM command failed because the JVM is out of memory\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Session session;
  private final Host host;
  private final Transaction transaction;
  private final Call call;
  private final ReplyWriter writer;
  private Row lastRow; // without a fence, which every command would pay: rows never change, so a late one is a true one

  Dispatch(Session session, Call call, ReplyWriter writer) {
    this.session = session;
    this.host = session.host();
    this.transaction = session.transaction();
    this.call = call;
    this.writer = writer;
  }

  /** The row of the last command, whatever became of it; null before the first and of one that is unknown. */
  Row lastRow() {
    return lastRow;
  }

  /** Runs the command that the call has, or queues or refuses it; false where it has to wait for the end of a pause. */
  boolean run(long mark) {
    Slices args = call.args();
    Row row = host.commands().find(args);
    lastRow = row;
    if (row == null || !row.accepts(args.size())) {
      refuseUnfit(row, mark);
    } else if (!session.isAuthenticated() && !row.is(Flag.NO_AUTH)) {
      refuse(row, Refusal.NOT_AUTHENTICATED, mark);
    } else if (session.isConfined() && !row.runsWhileSubscribed()) {
      refuse(row, Refusal.confined(row.name()), mark);
    } else if (host.persistence().isRefusing() && refuses(row)) {
      refuse(row, host.persistence().refusal(), mark);
    } else if (host.pause().isOn() && host.pause().holds(session, row)) {
      return false;
    } else if (transaction.isOpen() && row.is(Flag.NO_MULTI)) {
      refuse(row, Refusal.NOT_IN_A_TRANSACTION, mark);
    } else if (transaction.isOpen() && row.isQueued()) {
      queue(row, mark);
    } else {
      invoke(row, mark);
    }
    return true;
  }

  private boolean refuses(Row row) {
    return host.persistence().isLoading() ? !row.is(Flag.LOADING)
        : row.is(Flag.WRITE) || transaction.isEndedBy(row) && transaction.mayWrite();
  }

  private void refuseUnfit(Row row, long mark) {
    Slices args = call.args();
    if (row != null) {
      refuse(row, Refusal.wrongArity(row.name()), mark);
    } else if (args.get(0).is("POST") || args.get(0).is("HOST:")) {
      host.warnOfHttp(session.peer()); // a browser was made to send it: what follows may be written by anybody
      session.quit();
    } else {
      Row container = host.commands().find(args.get(0));
      refuse(null, container == null
          ? Refusal.unknownCommand(args) : Refusal.unknownSubcommand(args.get(1), container.name()), mark);
    }
  }

  /** Refuses a command before it is queued or run, which makes an open transaction void. */
  private void refuse(Row row, Refusal because, long mark) {
    if (row != null && transaction.isEndedBy(row)) { // in Redis's words even where none is open
      transaction.discard();
      fail(Refusal.execAborted(because).line(), mark);
    } else {
      transaction.spoil();
      fail(because.line(), mark);
    }
  }

  private void queue(Row row, long mark) {
    try {
      if (row.is(Flag.DENYOOM) && host.engine().memory().isExceeded()) {
        refuse(row, Refusal.OUT_OF_MEMORY, mark);
      } else if (transaction.queue(row, call.args())) {
        writer.simple("QUEUED");
      } else {
        refuse(row, Refusal.TRANSACTION_TOO_LARGE, mark);
      }
    } catch (OutOfMemoryError exhausted) {
      transaction.spoil();
      exhausted(mark);
    }
  }

  /** Runs a command whose arguments are the call's; whatever it throws becomes its reply. */
  void invoke(Row row, long mark) {
    call.row(row);
    try {
      row.room().run(row.op(), call);
    } catch (Throwable thrown) {
      failed(row, thrown, mark);
    }
  }

  /** Replies what the command has thrown, in place of all that it has replied since the mark. */
  void failed(Row row, Throwable thrown, long mark) {
    if (thrown instanceof Signal signal) {
      fail(signal.failure().line(row.name()), mark);
    } else if (thrown instanceof Refusal refusal) {
      fail(refusal.line(), mark);
    } else if (thrown instanceof OutOfMemoryError) {
      exhausted(mark);
      report(row, thrown);
    } else {
      fail("ERR internal error in '".concat(row.name()).concat("' command"), mark);
      report(row, thrown);
    }
  }

  /** Replies an error line in place of what was replied since the mark. */
  void fail(String line, long mark) {
    session.rewind(mark);
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    writer.error(bytes, 0, withoutLineEnds(bytes));
    host.counters().error(line);
  }

  /** How long the line is without the line ends that a client's argument has left at its end: Redis trims those. */
  private static int withoutLineEnds(byte[] line) {
    int length = line.length;
    while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == '\n')) {
      length--;
    }
    return length;
  }

  private void exhausted(long mark) {
    session.rewind(mark);
    writer.simple(OUT_OF_MEMORY); // made before: there may be no memory to make it now
    host.counters().error("OOM");
  }

  private void report(Row row, Throwable thrown) {
    host.counters().failure();
    if (row.firstFailure()) {
      host.log().log(Level.ERROR, "the handler of '".concat(row.name()).concat("' failed; not logged again"), thrown);
    }
  }
}
