package io.qcache.engine;

import java.util.Arrays;

/**
 * A long argument as it comes in: pieces of {@link #PIECE_BYTES}, the last one shorter.  A large value is kept in just
 * such pieces, so the store takes them over and copies nothing.  Grows with the bytes that have come, never by a length
 * that was announced.  For one thread at a time.
 */
public final class Parts {
  public static final int PIECE_BYTES = 1 << 16;

  private final int length;
  private byte[][] pieces = new byte[4][];
  private int count;
  private int missing;

  /** To become so many bytes, of which there is none yet. */
  public Parts(int length) {
    this.length = length;
    this.missing = length;
  }

  public int length() {
    return length;
  }

  /** How many bytes are still to come. */
  public int missing() {
    return missing;
  }

  /** The memory that it takes, in bytes. */
  public int bytes() {
    return length - missing;
  }

  /** Of so many bytes that have come, how many it takes now: whole pieces, or all that is missing. */
  public int takes(int available) {
    return available >= missing ? missing : available - available % PIECE_BYTES;
  }

  /** Copies bytes, as many as {@link #takes} said. */
  public void add(byte[] array, int from, int bytes) {
    for (int done = 0; done < bytes; ) {
      int part = Math.min(PIECE_BYTES, bytes - done);
      if (count == pieces.length) {
        pieces = Arrays.copyOf(pieces, 2 * count);
      }
      pieces[count] = Arrays.copyOfRange(array, from + done, from + done + part);
      count++;
      done += part;
      missing -= part;
    }
  }

  /** The pieces, once all have come: the store's own, where it takes them. */
  public byte[][] pieces() {
    if (missing > 0) {
      throw new IllegalStateException(missing + " bytes are missing");
    }
    return pieces.length == count ? pieces : Arrays.copyOf(pieces, count);
  }

  /** All bytes in a fresh array, once all have come. */
  byte[] joined() {
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] piece : pieces()) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }
}
