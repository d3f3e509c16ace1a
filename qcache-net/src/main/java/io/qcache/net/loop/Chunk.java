package io.qcache.net.loop;

/** 64 KiB of unsent output, {@code bytes[from, to)}; one of a chain.  Event loop only. */
final class Chunk {
  static final int BYTES = 64 << 10;

  final byte[] bytes;
  int from;
  int to;
  int number; // of the window it was in its turn, see LoopOutput
  Chunk next;

  Chunk(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return to - from;
  }
}
