package io.qcache.net.loop;

import java.nio.ByteBuffer;

/**
 * The output that a connection has not sent yet: first a part of the loop's stage, then chunks of its own.
 *
 * <pre>
 *   stage   [others..|staged part...|others....]        chunks  [.....] → [.....] → [...    ]
 *                    ^stageFrom     ^stageTo                                          ^tail: where a turn goes on
 * </pre>
 *
 * The stage is the loop's and empty after each round, so what is left of that part then moves into chunks.
 * Event loop only.
 */
final class Unsent {
  int stageFrom;
  int stageTo;
  Chunk head;
  Chunk tail;

  boolean isEmpty() {
    return stageTo == stageFrom && head == null;
  }

  long bytes() {
    long bytes = stageTo - stageFrom;
    for (Chunk chunk = head; chunk != null; chunk = chunk.next) {
      bytes += chunk.length();
    }
    return bytes;
  }

  /** A new chunk at the end. */
  Chunk add(ChunkPool pool) {
    Chunk chunk = new Chunk(pool.take());
    if (tail == null) {
      head = chunk;
    } else {
      tail.next = chunk;
    }
    tail = chunk;
    return chunk;
  }

  /** Drops all chunks behind that one; all of them for null. */
  void dropAfter(Chunk last, ChunkPool pool) {
    Chunk chunk = last == null ? head : last.next;
    for (; chunk != null; chunk = chunk.next) {
      pool.give(chunk.bytes);
    }
    tail = last;
    if (last == null) {
      head = null;
    } else {
      last.next = null;
    }
  }

  /** Drops the last chunk where nothing is in it: a turn that wrote nothing, or took all of it back. */
  void dropEmptyTail(ChunkPool pool) {
    if (tail != null && tail.length() == 0) {
      Chunk before = null;
      for (Chunk chunk = head; chunk != tail; chunk = chunk.next) {
        before = chunk;
      }
      dropAfter(before, pool);
    }
  }

  /** Moves the staged part from {@code sent} on into chunks before the others; the stage is free then. */
  void unstage(byte[] stage, int sent, ChunkPool pool) {
    Chunk before = head;
    Chunk end = tail;
    head = null;
    tail = null;
    for (int at = stageFrom + sent; at < stageTo; ) {
      Chunk chunk = add(pool);
      int length = Math.min(stageTo - at, Chunk.BYTES);
      System.arraycopy(stage, at, chunk.bytes, 0, length);
      chunk.to = length;
      at += length;
    }
    stageFrom = 0;
    stageTo = 0;
    if (tail == null) {
      head = before;
    } else {
      tail.next = before;
    }
    tail = end != null ? end : tail;
  }

  /** Copies as much of the chunks as fits. */
  void copyTo(ByteBuffer buffer) {
    for (Chunk chunk = head; chunk != null && buffer.hasRemaining(); chunk = chunk.next) {
      buffer.put(chunk.bytes, chunk.from, Math.min(chunk.length(), buffer.remaining()));
    }
  }

  /** Forgets the first bytes of the chunks. */
  void sent(int bytes, ChunkPool pool) {
    int left = bytes;
    while (head != null && head.length() <= left) {
      left -= head.length();
      pool.give(head.bytes);
      head = head.next;
    }
    if (head == null) {
      tail = null;
    } else {
      head.from += left;
    }
  }

  void clear(ChunkPool pool) {
    stageFrom = 0;
    stageTo = 0;
    dropAfter(null, pool);
  }
}
