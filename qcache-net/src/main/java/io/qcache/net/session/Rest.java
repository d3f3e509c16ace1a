package io.qcache.net.session;

import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import io.qcache.resp.Output;
import java.util.ArrayDeque;

/**
 * What a session has still to reply when its turn ends: producers that have not given everything, and what was written
 * behind them, in order.
 * <pre>
 *   replies   written to the peer's output │ producer │ written here │ producer │ producer │ written here │
 *   place                                  0          1 …            n          n+1        n+2 …
 * </pre>
 * As long as something is in it, the session writes here and runs no further command; each turn {@link #give}s some.
 * Memory is what has been written and not given, in pieces of at most 64 KiB, and what the producers hold by themselves.
 * To be cleared on every way out, for they hold pins.  The session's loop only.
 *
 * <p>Its marks are below 0, unlike those of other outputs.
 */
final class Rest extends Output {
  /** What a producer is asked for at a time, in bytes. */
  static final int TURN_BYTES = 64 << 10;

  private static final int LEAST_BYTES = 1 << 10;
  private static final int PIECES_AT_ONCE = 16;
  private static final byte[] NONE = new byte[0];

  /** A producer, or bytes. */
  private static final class Piece {
    final long place;
    final Producer producer; // or null
    final Sink sink;
    final byte[] bytes;
    int length;

    Piece(long place, Producer producer, Sink sink, byte[] bytes) {
      this.place = place;
      this.producer = producer;
      this.sink = sink;
      this.bytes = bytes;
      this.length = producer == null ? 0 : 1;
    }

    long end() {
      return place + length;
    }
  }

  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private volatile long heldBytes;          // for whoever lists clients, like the next
  private volatile HoldingProducer holding; // the first, if it is one

  private final Peer peer;
  private boolean overflown; // nothing is kept any more

  Rest(Peer peer) {
    super(NONE, 0, 0);
    this.peer = peer;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** The memory of what was written, and of what the producer at hand has collected, in bytes; for any thread. */
  long heldBytes() {
    HoldingProducer producer = holding;
    return heldBytes + (producer == null ? 0 : producer.heldBytes());
  }

  /** Adds a producer, which is closed when it has given everything to the sink or is dropped. */
  void add(Producer producer, Sink sink) {
    close(window());
    Piece piece = new Piece(end(), producer, sink, NONE);
    holding = pieces.isEmpty() && producer instanceof HoldingProducer one ? one : holding;
    pieces.addLast(piece);
  }

  /** Gives a turn's part of it to the output, where the producers' sinks write too. */
  void give(Output to) {
    close(window());
    for (int i = 0; i < PIECES_AT_ONCE && !pieces.isEmpty(); i++) {
      Piece first = pieces.peekFirst();
      if (first.producer == null) {
        to.bytes(first.bytes, 0, first.length);
      } else if (first.producer.give(first.sink, TURN_BYTES)) {
        return;
      }
      drop(pieces.pollFirst());
    }
  }

  /** Drops everything. */
  void clear() {
    close(null);
    while (!pieces.isEmpty()) {
      drop(pieces.pollFirst());
    }
  }

  private void drop(Piece piece) {
    if (piece.producer == null) {
      count(-piece.bytes.length);
    } else {
      holding = holding == piece.producer ? null : holding;
      piece.producer.close();
    }
  }

  private void count(int bytes) {
    heldBytes += bytes; // written by one thread only
  }

  // The window is the rest of the last piece, where that is of bytes

  private Piece window() {
    Piece last = pieces.peekLast();
    return last == null || last.producer != null ? null : last;
  }

  private void open(Piece piece, int at) {
    array = piece.bytes;
    position = at;
    limit = array.length;
  }

  private void close(Piece piece) {
    if (piece != null && limit > 0) {
      piece.length = position;
    }
    array = NONE;
    position = 0;
    limit = 0;
  }

  private long end() {
    Piece last = pieces.peekLast();
    return last == null ? 0 : limit > 0 ? last.place + position : last.end();
  }

  @Override protected void more(int contiguous) {
    Piece last = window();
    if (overflown || !peer.hasRoom(heldBytes)) {
      overflown = true;
      if (last != null) {
        open(last, 0);
        return;
      }
    }
    int length = last == null ? LEAST_BYTES : Math.min(TURN_BYTES, 2 * last.bytes.length);
    Piece next = new Piece(end(), null, null, new byte[length]);
    close(last);
    pieces.addLast(next);
    count(length);
    open(next, 0);
  }

  @Override public long mark() {
    return Long.MIN_VALUE + end();
  }

  @Override public void rewind(long mark) {
    long place = mark - Long.MIN_VALUE;
    if (overflown) {
      return;
    }
    if (mark >= 0 || place > end()) {
      throw new IllegalArgumentException("no mark of what is held: " + mark);
    }
    close(window());
    while (!pieces.isEmpty() && pieces.peekLast().place >= place) {
      drop(pieces.pollLast());
    }
    Piece last = window();
    if (last != null) {
      open(last, (int) (place - last.place));
    }
  }
}
