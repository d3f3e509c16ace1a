package io.qcache.net.loop;

import io.qcache.log.WriteLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * Where a loop's rounds end while there is a log: what was run is written to it, and what is staged leaves when the log is as far as
 * the last unit that it may have seen.  Until then it waits in chunks of its connection, which is not read meanwhile.
 *
 * <pre>
 *   staged ──┬─► sent                          the log is as far
 *            └─► held, with a number ─┬─► sent        the log says that it is as far by now
 *                                     └─► refused     it fails: of those who have written; the others are sent
 * </pre>
 *
 * A connection is held for one number: the last unit when its output was last added to.  Event loop only, but for {@link
 * #logProgressed}.
 */
final class CommitPoint implements WriteLog.Waiter, Mail {
  private final EventLoop loop;
  private final Outbound outbound;
  private final ArrayList<Connection> held = new ArrayList<>();
  private WriteLog log; // null for none
  private volatile boolean waiting; // somebody is held

  CommitPoint(EventLoop loop, Outbound outbound) {
    this.loop = loop;
    this.outbound = outbound;
  }

  /** Ends a round. */
  void end(WriteLog current) {
    if (current != log) {
      follow(current);
    }
    if (log == null || log.commit(log.last())) {
      outbound.send(null);
    } else {
      waiting = true; // before it is asked again: from now on progress is told
      outbound.send(this);
    }
    if (!held.isEmpty()) {
      release();
    }
  }

  /** Goes over to that log; null for none, then nothing is held back any more. */
  void follow(WriteLog next) {
    if (log != null) {
      log.remove(this);
    }
    log = next;
    if (log != null) {
      log.add(this);
    }
  }

  /** Whether the connection's output, which was added to just now, has to wait; where it cannot leave at all it is another one then. */
  boolean holds(Connection connection) {
    if (log == null) {
      return false;
    }
    connection.waitFor(log.last());
    if (mayLeave(connection)) {
      return false;
    }
    waiting = true;
    if (!connection.isHeld()) {
      connection.hold();
      held.add(connection);
    }
    return true;
  }

  private boolean mayLeave(Connection connection) {
    if (log == null) {
      return true;
    }
    IOException failure = log.failure();
    long wrote = connection.wrote();
    if (failure == null) {
      return wrote == 0 ? log.isVisible(connection.waitsFor()) : log.isReached(connection.waitsFor());
    }
    if (wrote != 0 && !log.isReached(wrote)) {
      connection.refuse(line(failure));
    }
    return true; // while it fails nothing is written but what was under way, and reads go on
  }

  private static byte[] line(IOException failure) {
    return ("-MISCONF Errors writing to the AOF file: " + WriteLog.reason(failure).replace('\r', ' ').replace('\n', ' ') + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void release() {
    int left = 0;
    for (int i = 0; i < held.size(); i++) {
      Connection connection = held.get(i);
      if (!connection.isClosed() && !leaves(connection)) {
        held.set(left++, connection);
      }
    }
    held.subList(left, held.size()).clear();
    waiting = left > 0;
  }

  private boolean leaves(Connection connection) {
    try {
      boolean leaves = mayLeave(connection);
      if (leaves) {
        connection.release();
        outbound.sendChunks(connection);
      }
      return leaves;
    } catch (Throwable thrown) {
      connection.failed(thrown);
      return true;
    }
  }

  /** Told by whoever made it: another round sends what it allows. */
  @Override public void logProgressed() {
    if (waiting) {
      loop.post(this);
    }
  }

  @Override public void deliver() {
    // what was held is looked at when the round ends
  }
}
