package io.qcache.net.loop;

import java.nio.ByteBuffer;

/**
 * What a connection has received and not yet run, {@code array[from, to)}: a command that is not complete, or those
 * behind a reply that must be sent first.  Sized by received bytes alone; nothing is kept for a connection that has
 * nothing. Event loop only.
 */
final class Kept {
  private static final byte[] NONE = new byte[0];
  private static final int SMALL = 16 << 10; // above, an array of the pool
  private static final int LEAST = 256;
  private static final int LONGEST = Integer.MAX_VALUE - 8;
  private static final int HEADER = 16; // of an array: with it a power of two, else G1 rounds up to twice that

  private final ChunkPool pool;
  byte[] array = NONE;
  int from;
  int to;

  Kept(ChunkPool pool) {
    this.pool = pool;
  }

  int length() {
    return to - from;
  }

  /** The memory that it takes, in bytes. */
  int capacity() {
    return array.length;
  }

  /** Keeps {@code source[first, end)}, which may lie in the array that is kept already, and nothing else. */
  void keep(byte[] source, int first, int end) {
    int length = end - first;
    if (length == 0) {
      release();
    } else if (source == array && !isMuchTooLong(length)) {
      from = first;
      to = end;
    } else {
      move(source, first, length, length);
    }
  }

  /** Half a megabyte must not stay for a byte. */
  private boolean isMuchTooLong(int length) {
    return array.length > Chunk.BYTES && length < array.length / 8;
  }

  /** Adds what the buffer has left. */
  void append(ByteBuffer buffer) {
    int more = buffer.remaining();
    if (array.length - to < more) {
      makeRoom(length() + (long) more);
    }
    buffer.get(array, to, more);
    to += more;
  }

  private void makeRoom(long length) {
    if (length > LONGEST) {
      throw new IllegalStateException("a command of more than " + LONGEST + " bytes");
    }
    if (length > array.length) {
      move(array, from, length(), (int) length);
    } else {
      System.arraycopy(array, from, array, 0, length());
      to = length();
      from = 0;
    }
  }

  /** To the start of an array for at least {@code capacity} bytes; of the same one if that fits. */
  private void move(byte[] source, int first, int length, int capacity) {
    byte[] before = array;
    byte[] next = before.length >= capacity && !isMuchTooLong(capacity) ? before : allocate(capacity);
    System.arraycopy(source, first, next, 0, length);
    array = next;
    from = 0;
    to = length;
    if (next != before) {
      pool.give(before);
    }
  }

  private byte[] allocate(int capacity) {
    if (capacity > SMALL && capacity <= Chunk.BYTES) {
      return pool.take();
    }
    int whole = Math.max(capacity, LEAST - HEADER) + HEADER;
    return new byte[capacity <= (1 << 30) - HEADER ? Integer.highestOneBit(whole * 2 - 1) - HEADER : LONGEST];
  }

  /** Copies all of it. */
  void copyTo(byte[] target) {
    System.arraycopy(array, from, target, 0, length());
  }

  void release() {
    pool.give(array);
    array = NONE;
    from = 0;
    to = 0;
  }
}
