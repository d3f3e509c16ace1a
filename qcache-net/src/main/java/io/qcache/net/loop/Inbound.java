package io.qcache.net.loop;

import io.qcache.net.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where a loop reads to, for one connection at a time: 256 KiB outside the heap, and an array in which a command can be
 * parsed, with room before them for what was kept.  Event loop only.
 */
final class Inbound {
  static final int READ_BYTES = 256 << 10;
  private static final int MOST_DISCARDED = 4;

  private final ByteBuffer direct = ByteBuffer.allocateDirect(READ_BYTES);
  private final byte[] array = new byte[READ_BYTES + 2 * Chunk.BYTES]; // the second for what begins a long command

  /** Reads once; the bytes read, 0 where there are none, -1 at the end. */
  int read(Transport transport) throws IOException {
    direct.clear();
    int count = transport.read(direct);
    direct.flip();
    return count;
  }

  /** The bytes read. */
  ByteBuffer bytes() {
    return direct;
  }

  byte[] array() {
    return array;
  }

  /** Whether the bytes read and so many before them fit into the array. */
  boolean fits(int before) {
    return before + direct.remaining() <= array.length;
  }

  /** Puts the bytes read into the array, from {@code at} on; where they end. */
  int copy(int at) {
    int length = direct.remaining();
    direct.get(array, at, length);
    return at + length;
  }

  /**
   * Reads what has come and forgets it: closing a socket with unread bytes resets the connection, and the last reply is
   * lost with it.
   */
  void discard(Transport transport) throws IOException {
    for (int i = 0; i < MOST_DISCARDED && read(transport) > 0; i++) {
      // once more
    }
  }
}
