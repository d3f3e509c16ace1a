package io.qcache.net.loop;

import io.qcache.net.session.Message;

/** Unsent output, {@code bytes[from, to)}; one of a chain.  Event loop only. */
final class Chunk {
  static final int BYTES = 64 << 10;

  final byte[] bytes;       // the pool's, if of the size above
  final Message message;    // whose bytes they are, or null
  int from;
  int to;
  int number; // of the window it was in its turn, see LoopOutput
  Chunk next;

  Chunk(byte[] bytes) {
    this.bytes = bytes;
    this.message = null;
  }

  /** Shares the message's bytes; nothing can be written behind them. */
  Chunk(Message message) {
    this.bytes = message.bytes();
    this.message = message;
    this.to = bytes.length;
  }

  int length() {
    return to - from;
  }

  /** Whether nothing can be added to it. */
  boolean isClosed() {
    return message != null;
  }

  /** It is not needed any more. */
  void release(ChunkPool pool) {
    if (message != null) {
      message.left();
    } else {
      pool.give(bytes);
    }
  }
}
