package io.qcache.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames that nobody has taken to the file yet, in the order in which their units happened, which is that of their numbers.
 * They lie side by side in pieces that are used again, so that nothing is allocated where all goes well; a long unit is a piece
 * of its own, its array taken over.  Thread-safe; its lock is a leaf.
 */
final class FrameQueue {
  static final int PIECE_BYTES = 64 << 10;
  private static final int KEPT = 32; // pieces

  /** Whole frames, or the header of one whose effects lie apart; or the beginning of a segment. */
  static final class Piece {
    final byte[] bytes;
    int length;
    byte[] apart; // effects, or null
    int apartLength;
    long segment; // its first sequence number; 0 where it is frames
    long last; // sequence number of the last frame

    Piece(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Piece> free = new ArrayDeque<>(); // guarded by lock
  private ArrayList<Piece> queued = new ArrayList<>(); // guarded by lock
  private volatile long bytes; // changes under lock
  private boolean lost; // a frame; guarded by lock
  private volatile long last; // sequence number

  FrameQueue(long last) {
    this.last = last;
  }

  /** The number of the last unit. */
  long last() {
    return last;
  }

  /** Adds a unit and clears it.  Never throws; its number, or -1 where there was no memory, and from then on it takes none. */
  long append(Effects unit) {
    boolean handedOver = false;
    lock.lock();
    try {
      if (lost) {
        return -1;
      }
      long sequence = last + 1;
      int length = unit.length();
      Piece piece;
      if (length > PIECE_BYTES - Frame.HEADER_BYTES) {
        piece = new Piece(new byte[Frame.HEADER_BYTES]);
        piece.apart = unit.array();
        piece.apartLength = length;
        handedOver = true;
        queued.add(piece);
      } else {
        piece = pieceFor(Frame.HEADER_BYTES + length);
        System.arraycopy(unit.array(), 0, piece.bytes, piece.length + Frame.HEADER_BYTES, length);
      }
      Frame.begin(piece.bytes, piece.length, length, sequence);
      piece.length += Frame.HEADER_BYTES + (handedOver ? 0 : length);
      piece.last = sequence;
      bytes += Frame.HEADER_BYTES + length;
      last = sequence;
      return sequence;
    } catch (OutOfMemoryError exhausted) {
      lost = true;
      return -1;
    } finally {
      unit.clear(handedOver);
      lock.unlock();
    }
  }

  private Piece pieceFor(int size) {
    Piece tail = queued.isEmpty() ? null : queued.get(queued.size() - 1);
    if (tail != null && tail.segment == 0 && tail.apart == null && tail.bytes.length - tail.length >= size) {
      return tail;
    }
    Piece fresh = free.poll();
    if (fresh == null) {
      fresh = new Piece(new byte[PIECE_BYTES]);
    }
    queued.add(fresh);
    return fresh;
  }

  /**
   * Lets a segment begin with the next unit, whose number it returns; units are taken again where one was lost.
   *
   * @param apart whether a number is left out before it, so that no snapshot before this one can have it
   */
  long beginSegment(boolean apart) {
    lock.lock();
    try {
      Piece piece = new Piece(new byte[0]);
      if (apart) {
        last++;
      }
      piece.segment = last + 1;
      queued.add(piece);
      lost = false;
      return piece.segment;
    } finally {
      lock.unlock();
    }
  }

  /** Moves all that is queued to the end of {@code into}. */
  void take(ArrayDeque<Piece> into) {
    lock.lock();
    try {
      into.addAll(queued);
      queued.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Gives pieces back that are written. */
  void giveBack(List<Piece> written) {
    lock.lock();
    try {
      for (int i = 0; i < written.size() && free.size() < KEPT; i++) {
        Piece piece = written.get(i);
        if (piece.bytes.length == PIECE_BYTES) {
          piece.length = 0;
          free.add(piece);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes are queued. */
  long bytes() {
    return bytes;
  }
}
