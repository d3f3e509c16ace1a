package io.qcache.net.loop;

import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * What a loop sends at the end of a round: what is staged goes into one buffer outside the heap, from where each
 * connection writes its part, once; then those with chunks, as much as the buffer holds.  No array is ever handed to a
 * channel: the JDK would keep a copy of its size outside the heap for the thread's life.  Event loop only.
 */
final class Outbound {
  private final ByteBuffer direct = ByteBuffer.allocateDirect(LoopOutput.STAGE_BYTES);
  private final ChunkPool pool;
  private final LoopOutput output;
  private final ArrayList<Connection> staged = new ArrayList<>();
  private final ArrayList<Connection> withChunks = new ArrayList<>();

  Outbound(ChunkPool pool) {
    this.pool = pool;
    this.output = new LoopOutput(pool);
  }

  LoopOutput output() {
    return output;
  }

  /** The connection has written in its turn; to be called once a round for each. */
  void staged(Connection connection) {
    staged.add(connection);
  }

  /** Sends what all connections staged, but what has to wait; null where nothing has. */
  void send(CommitPoint commit) {
    if (staged.isEmpty()) {
      return;
    }
    direct.clear();
    direct.put(output.stage(), 0, output.staged());
    for (int i = 0; i < staged.size(); i++) {
      try {
        sendStaged(staged.get(i), commit);
      } catch (Throwable thrown) {
        staged.get(i).failed(thrown);
      }
    }
    staged.clear();
    output.clearStage();
    for (int i = 0; i < withChunks.size(); i++) {
      try {
        sendChunks(withChunks.get(i));
      } catch (Throwable thrown) {
        withChunks.get(i).failed(thrown);
      }
    }
    withChunks.clear();
  }

  private void sendStaged(Connection connection, CommitPoint commit) {
    connection.isSent();
    if (connection.isClosed()) {
      return;
    }
    Unsent unsent = connection.unsent();
    if (commit != null && commit.holds(connection)) {
      unsent.unstage(output.stage(), 0, pool);
      connection.isKept();
      return;
    }
    int length = unsent.stageTo - unsent.stageFrom;
    int sent = 0;
    if (length > 0) {
      direct.clear().position(unsent.stageFrom).limit(unsent.stageTo);
      sent = connection.write(direct);
    }
    if (!connection.isClosed()) {
      unsent.unstage(output.stage(), sent, pool);
      if (sent == length && !unsent.isEmpty()) {
        withChunks.add(connection);
      } else {
        connection.afterSend();
      }
    }
  }

  /** Sends what fits of a connection's chunks, unless they wait. */
  void sendChunks(Connection connection) {
    if (connection.isClosed() || connection.isHeld()) {
      return;
    }
    direct.clear();
    connection.unsent().copyTo(direct);
    direct.flip();
    int sent = connection.write(direct);
    if (!connection.isClosed()) {
      connection.unsent().sent(sent, pool);
      connection.afterSend();
    }
  }
}
