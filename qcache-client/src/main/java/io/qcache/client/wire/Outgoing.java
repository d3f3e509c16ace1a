package io.qcache.client.wire;

import io.qcache.resp.GrowingOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * What waits to be written, in two buffers that change places: callers append to one while one writer empties the
 * other.
 *
 * <pre>
 *   callers ──append──► queued          draining ──writeTo──► socket
 *                          └─────swap──────┘
 * </pre>
 *
 * {@code append} and {@code swap} are guarded by the connection's lock; {@code writeTo} belongs to whoever is the
 * writer.
 */
final class Outgoing {
  private static final int PIECE_BYTES = 64 << 10;

  private GrowingOutput queued = new GrowingOutput(4096);   // guarded by the connection
  private GrowingOutput draining = new GrowingOutput(4096); // the writer's
  private int drained;                                      // the writer's
  // Our own direct buffer: a heap array handed to a channel leaves a hidden direct one of its size in each thread.
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).limit(0); // the writer's
  private long appended;                                    // guarded by the connection
  private volatile long offered;

  /** Bytes appended ever: where the next request begins. */
  long appended() {
    return appended;
  }

  /** Bytes appended but not taken by the writer yet. */
  int queuedBytes() {
    return queued.size();
  }

  /**
   * Bytes that the socket may have taken: counted before they are offered to it and corrected afterwards, so that
   * whoever has closed the socket and then asks is told of no byte too few.
   */
  long offered() {
    return offered;
  }

  void append(byte[] array, int length) {
    long mark = queued.mark();
    try {
      queued.bytes(array, 0, length);
    } catch (OutOfMemoryError e) { // half a request would put the stream out of step
      queued.rewind(mark);
      throw e;
    }
    appended += length;
  }

  /** Gives the writer what is queued; false if that is nothing. */
  boolean swap() {
    if (queued.size() == 0) {
      return false;
    }
    GrowingOutput empty = draining;
    draining = queued;
    queued = empty;
    return true;
  }

  /** Writes what the writer has, false if the socket takes no more for now. */
  boolean writeTo(WritableByteChannel socket) throws IOException {
    while (piece.hasRemaining() || nextPiece()) {
      long before = offered;
      offered = before + piece.remaining();
      int written = socket.write(piece);
      offered = before + written;
      if (piece.hasRemaining()) {
        return false;
      }
    }
    draining.clear();
    drained = 0;
    return true;
  }

  private boolean nextPiece() {
    int length = Math.min(PIECE_BYTES, draining.size() - drained);
    piece.clear().put(draining.array(), drained, length).flip();
    drained += length;
    return length > 0;
  }
}
