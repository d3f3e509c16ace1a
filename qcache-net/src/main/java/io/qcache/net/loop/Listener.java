package io.qcache.net.loop;

import io.qcache.net.transport.Entrance;
import io.qcache.net.transport.Transport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * An entrance that is listened at, by the first loop, which deals the connections out.  When the system has no descriptor
 * left it stops asking for a second: the connection waits in the backlog, and asking again at once would only burn the
 * processor. Event loop only.
 */
final class Listener {
  private static final int AT_ONCE = 64; // accepted before others have their turn
  private static final long COMPLAINTS_NANOS = 60_000_000_000L;
  private static final int REFUSAL_BYTES = 2 << 10;

  private final Loops loops;
  private final Entrance entrance;
  private SelectionKey key;
  private ByteBuffer refusals; // with the first
  private boolean paused;
  private boolean complained;
  private long complainedNanos;

  Listener(Loops loops, Entrance entrance) {
    this.loops = loops;
    this.entrance = entrance;
  }

  void register(Selector selector) throws IOException {
    SelectionKey before = key;
    key = entrance.channel().register(selector, paused ? 0 : SelectionKey.OP_ACCEPT, this);
    if (before != null) {
      before.cancel();
    }
  }

  void ready() {
    try {
      for (int i = 0; i < AT_ONCE; i++) {
        SocketChannel accepted = entrance.channel().accept();
        if (accepted == null) {
          return;
        }
        admit(accepted);
      }
    } catch (IOException | OutOfMemoryError exhausted) {
      pause(exhausted);
    }
  }

  private void admit(SocketChannel accepted) {
    try {
      accepted.configureBlocking(false);
      Transport transport = entrance.transport(accepted);
      byte[] refusal = Admission.refusal(
          loops.server().options(), transport.isLocal(), loops.connections(), entrance.port());
      if (refusal == null) {
        loops.dealOut(transport);
        return;
      }
      loops.server().rejected();
      refuse(accepted, refusal);
    } catch (IOException gone) {
      Loops.close(accepted);
    } catch (Throwable thrown) {
      Loops.close(accepted);
      throw thrown;
    }
  }

  /** Says why not, as far as the socket takes it at once and its peer would understand it, and closes. */
  private void refuse(SocketChannel accepted, byte[] line) throws IOException {
    if (!entrance.isPlain()) {
      Loops.close(accepted);
      return;
    }
    if (refusals == null) {
      refusals = ByteBuffer.allocateDirect(REFUSAL_BYTES);
    }
    refusals.clear();
    refusals.put(line).flip();
    accepted.write(refusals);
    Loops.close(accepted);
  }

  private void pause(Throwable reason) {
    if (!entrance.channel().isOpen()) {
      return;
    }
    paused = true;
    key.interestOps(0);
    long now = System.nanoTime();
    if (!complained || now - complainedNanos > COMPLAINTS_NANOS) {
      complained = true;
      complainedNanos = now;
      loops.server().log().log(Level.WARNING,
          "can't accept connections, trying again each second and saying so each minute", reason);
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** A second has passed. */
  void tick() {
    if (paused && key.isValid()) {
      paused = false;
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  void close() {
    entrance.close();
  }
}
