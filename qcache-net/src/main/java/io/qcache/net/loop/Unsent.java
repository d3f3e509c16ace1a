package io.qcache.net.loop;

import io.qcache.net.session.Message;
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
  private static final int SMALL = 16 << 10; // below, an array of its size rather than one of the pool

  int stageFrom;
  int stageTo;
  Chunk head;
  Chunk tail;
  private long chunkBytes; // in all chunks; what a turn is writing is added when it is settled
  private long sharedBytes; // of these, in messages
  private int pieces;       // chunks

  boolean isEmpty() {
    return stageTo == stageFrom && head == null;
  }

  long bytes() {
    return stageTo - stageFrom + chunkBytes;
  }

  /** Bytes in chunks of its own: neither on the stage nor shared. */
  long ownBytes() {
    return chunkBytes - sharedBytes;
  }

  /** In how many pieces they lie. */
  int pieces() {
    return pieces + (stageTo > stageFrom ? 1 : 0);
  }

  /** A new chunk at the end. */
  Chunk add(ChunkPool pool) {
    return add(new Chunk(pool.take()));
  }

  /** Adds a message at the end, where it waits already. */
  void add(Message message) {
    add(new Chunk(message));
    chunkBytes += message.length();
    sharedBytes += message.length();
  }

  /** Adds an array at the end, which is its own from now on. */
  void add(byte[] bytes) {
    settle(add(new Chunk(bytes)), bytes.length);
  }

  private Chunk add(Chunk chunk) {
    pieces++;
    if (tail == null) {
      head = chunk;
    } else {
      tail.next = chunk;
    }
    tail = chunk;
    return chunk;
  }

  /** The chunk has been written up to there. */
  void settle(Chunk chunk, int to) {
    chunkBytes += to - chunk.to;
    chunk.to = to;
  }

  private void release(Chunk chunk, ChunkPool pool) {
    count(chunk, -chunk.length());
    pieces--;
    chunk.release(pool);
  }

  private void count(Chunk chunk, int bytes) {
    chunkBytes += bytes;
    sharedBytes += chunk.message != null ? bytes : 0;
  }

  /** Drops all chunks behind that one; all of them for null. */
  void dropAfter(Chunk last, ChunkPool pool) {
    Chunk chunk = last == null ? head : last.next;
    for (; chunk != null; chunk = chunk.next) {
      release(chunk, pool);
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
      int length = Math.min(stageTo - at, Chunk.BYTES);
      Chunk chunk = length <= SMALL ? add(new Chunk(new byte[length])) : add(pool);
      System.arraycopy(stage, at, chunk.bytes, 0, length);
      settle(chunk, length);
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
      release(head, pool);
      head = head.next;
    }
    if (head == null) {
      tail = null;
    } else {
      count(head, -left);
      head.from += left;
    }
  }

  void clear(ChunkPool pool) {
    stageFrom = 0;
    stageTo = 0;
    dropAfter(null, pool);
  }
}
