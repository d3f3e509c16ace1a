package io.qcache.net.loop;

import io.qcache.net.session.Peer;
import io.qcache.resp.Output;

/**
 * Where all sessions of a loop write: in its turn each appends to the loop's stage, behind what other connections
 * staged in the same round, and goes on in chunks of its own when the stage is used up.  So a round's replies lie side
 * by side, and a connection owns memory only for what does not fit.
 *
 * <pre>
 *   windows of a turn    0: the rest of the stage, or of the connection's last chunk    1, 2, 3 …: new chunks
 *   a mark               the window's number and the position in it
 * </pre>
 *
 * <p>Between turns there is no window: a write then is a bug and throws.  Event loop only.
 */
final class LoopOutput extends Output {
  static final int STAGE_BYTES = 1 << 20;
  /** From here on a turn {@link #isFull()}: no further command is run before this is sent. */
  static final int MOST_BYTES = 1 << 20;

  private static final byte[] NONE = new byte[0];

  private final ChunkPool pool;
  private final byte[] stage = new byte[STAGE_BYTES];
  private int staged;           // stage[0, staged) is the connections'
  private Unsent unsent;        // of the connection whose turn it is, or null
  private Chunk first;          // window 0 is its rest, or that of the stage where it is null
  private int firstFrom;        // where window 0 begins
  private int firstBytes;       // written to it, once it is used up
  private Chunk chunk;          // the same of the window at hand
  private int number;           // of the window at hand
  private boolean full;
  private boolean overflown;    // the turn has written more than may wait; nothing of it is kept any more
  private Peer peer;            // that says so, or null

  LoopOutput(ChunkPool pool) {
    super(NONE, 0, 0);
    this.pool = pool;
  }

  /** Opens a turn, of that client's, who is asked whether there is room when the stage is used up; null for any room. */
  void begin(Unsent of, Peer client) {
    unsent = of;
    peer = client;
    overflown = false;
    number = 0;
    full = false;
    if (of.isEmpty()) {
      of.stageFrom = staged;
      of.stageTo = staged;
    }
    boolean staging = of.head == null && of.stageTo == staged;
    first = staging ? null : of.tail != null && !of.tail.isClosed() ? of.tail : of.add(pool); // others staged behind it: it goes on apart
    open(first, staging ? staged : first.to);
    firstFrom = position;
  }

  /** Ends the turn; what was written is the connection's unsent output. */
  void end() {
    settle();
    unsent.dropEmptyTail(pool);
    unsent = null;
    first = null;
    chunk = null;
    array = NONE;
    position = 0;
    limit = 0;
  }

  /** Ends the turn as if nothing had been written in it. */
  void abandon() {
    rewind(firstFrom);
    end();
  }

  /** Whether the turn at hand, or the last one, has written more than may wait for its connection. */
  boolean isOverflown() {
    return overflown;
  }

  /** Whether the turn should end before its next command. */
  boolean isFull() {
    return full;
  }

  /** Whether there is so little room left on the stage that what is there should be sent first. */
  boolean isStageFull() {
    return stage.length - staged < Chunk.BYTES;
  }

  byte[] stage() {
    return stage;
  }

  int staged() {
    return staged;
  }

  /** Everything on the stage has been sent or moved. */
  void clearStage() {
    staged = 0;
  }

  /**
   * Stages bytes for a connection that has no turn; false, with nothing done, where they must wait in a chunk: behind
   * others, or because the stage is full.
   */
  boolean stage(Unsent of, byte[] bytes) {
    boolean begins = of.isEmpty();
    boolean fits = of.head == null && (begins || of.stageTo == staged) && bytes.length <= stage.length - staged;
    if (fits) {
      System.arraycopy(bytes, 0, stage, staged, bytes.length);
      of.stageFrom = begins ? staged : of.stageFrom;
      staged += bytes.length;
      of.stageTo = staged;
    }
    return fits;
  }

  @Override protected void more(int contiguous) {
    if (unsent == null) {
      throw new IllegalStateException("written outside a turn");
    }
    settle();
    if (number == 0) {
      firstBytes = position - firstFrom;
    } else if (overflown || peer != null && !peer.hasRoom(firstBytes + (long) number * Chunk.BYTES)) {
      overflown = true; // the last chunk is written again and again
      position = 0;
      return;
    }
    Chunk next = unsent.add(pool);
    next.number = ++number;
    open(next, 0);
    full = isAbove(MOST_BYTES);
  }

  private boolean isAbove(int most) {
    return number > 0 && firstBytes + (number - 1L) * Chunk.BYTES >= most;
  }

  private void open(Chunk of, int at) {
    chunk = of;
    array = of == null ? stage : of.bytes;
    position = at;
    limit = array.length;
  }

  private void settle() {
    if (chunk != null) {
      unsent.settle(chunk, position);
    } else if (unsent != null) {
      unsent.stageTo = position;
      staged = position;
    }
  }

  @Override public long mark() {
    return (long) number << Integer.SIZE | position;
  }

  @Override public void rewind(long mark) {
    int window = (int) (mark >>> Integer.SIZE);
    if (overflown) {
      return;
    }
    if (window == number) {
      position = (int) mark;
    } else {
      Chunk back = window == 0 ? first : chunk(window);
      unsent.dropAfter(back, pool);
      number = window;
      open(back, (int) mark);
      full = isAbove(MOST_BYTES);
    }
  }

  private Chunk chunk(int window) {
    Chunk found = first == null ? unsent.head : first.next;
    while (found.number != window) {
      found = found.next;
    }
    return found;
  }
}
