package io.qcache.net.loop;

/** Arrays of 64 KiB that a loop lends to its connections.  Keeps 4 MiB of those given back.  Event loop only. */
final class ChunkPool {
  private static final int KEPT = 64;

  private final byte[][] free = new byte[KEPT][];
  private int count;

  byte[] take() {
    if (count == 0) {
      return new byte[Chunk.BYTES];
    }
    byte[] array = free[--count];
    free[count] = null;
    return array;
  }

  /** Takes an array back; one that is not of this pool's size is left to the collector. */
  void give(byte[] array) {
    if (array.length == Chunk.BYTES && count < KEPT) {
      free[count++] = array;
    }
  }

  int free() {
    return count;
  }
}
