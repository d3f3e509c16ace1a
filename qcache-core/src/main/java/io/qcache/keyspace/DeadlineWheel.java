package io.qcache.keyspace;

import io.qcache.engine.Deadline;
import java.util.Arrays;

/**
 * When to look at which record of a section: a hierarchical timer wheel whose entries are hints.  Guarded by the
 * stripe.
 * <pre>
 *   level 0: 64 slots of 1 ms      level 1: 64 of 64 ms      level 2: 64 of 4 s      …      level 5: 64 of 12 days
 *   hint = │ fingerprint 30 │ deadline, its low 34 bits │
 * </pre>
 * A hint goes to the level that its distance from the cursor asks for; when the cursor reaches a slot, its hints are
 * spread over the levels below, and from level 0 they fire.  Firing means: read the record, and believe that alone.  So
 * a deadline that is removed or put off changes nothing here, and costs 8 bytes until its hint has fired; the owner
 * makes the wheel afresh when there are far more hints than deadlines.  All of that can be done in slices of any size.
 *
 * <p>(Varghese, Lauck: Hashed and Hierarchical Timing Wheels, 1987.)
 */
final class DeadlineWheel {
  /** What a hint that fires is told to. */
  interface Due {
    void fire(int fingerprint);
  }

  private static final int LEVELS = 6;
  private static final int SLOT_BITS = 6;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int TIME_BITS = 34;
  private static final long TIME = (1L << TIME_BITS) - 1;
  // what lies farther than that level waits in its last slot
  private static final int TOP_SHIFT = SLOT_BITS * (LEVELS - 1);
  private static final long[] EMPTY = {};

  private final long[][] slots = new long[LEVELS * SLOTS][];
  private final int[] sizes = new int[LEVELS * SLOTS];
  private final long[] occupied = new long[LEVELS]; // a bit a slot
  private long cursorMillis; // everything before it, and at it, has left the slots
  private long[] leaving = EMPTY; // the hints of the slot that the cursor has reached
  private int leavingSize;
  private long size;
  private long bytes = 5_000; // the empty wheel

  DeadlineWheel(long nowMillis) {
    this.cursorMillis = nowMillis;
  }

  /** How many hints there are. */
  long size() {
    return size;
  }

  /** The memory of the hints, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Adds a hint; grows a slot first, so that a failed allocation changes nothing. */
  void add(int fingerprint, long deadlineMillis) {
    long farthest = (cursorMillis >> TOP_SHIFT) + SLOTS - 1 << TOP_SHIFT;
    long due = Math.min(Math.max(deadlineMillis, cursorMillis), farthest);
    int level = 0;
    while ((due >> level * SLOT_BITS) - (cursorMillis >> level * SLOT_BITS) >= SLOTS) {
      level++;
    }
    int slot = level * SLOTS + slotOf(due, level); // 0 to 63 slots ahead, 0 on the lowest level alone
    if (slots[slot] == null || sizes[slot] == slots[slot].length) {
      grow(slot);
    }
    slots[slot][sizes[slot]++] = (long) fingerprint << TIME_BITS | Math.max(deadlineMillis, cursorMillis) & TIME;
    occupied[level] |= 1L << (slot & SLOTS - 1);
    size++;
  }

  private void grow(int slot) {
    Allocation.comes();
    long[] old = slots[slot] == null ? EMPTY : slots[slot];
    slots[slot] = Arrays.copyOf(old, Math.max(2, old.length * 2));
    bytes += 8L * (slots[slot].length - old.length) + (old.length == 0 ? 16 : 0);
  }

  /**
   * Goes back to an earlier time, of a clock that was set back: all hints are given anew.  Costs as much as there are.
   */
  void goBackTo(long nowMillis) {
    if (nowMillis >= cursorMillis) {
      return;
    }
    long[][] oldSlots = slots.clone();
    int[] oldSizes = sizes.clone();
    Arrays.fill(slots, null);
    Arrays.fill(sizes, 0);
    Arrays.fill(occupied, 0);
    cursorMillis = nowMillis;
    for (int slot = 0; slot < oldSlots.length; slot++) {
      bytes -= oldSlots[slot] == null ? 0 : 16 + 8L * oldSlots[slot].length;
      size -= oldSizes[slot];
      for (int i = 0; i < oldSizes[slot]; i++) {
        add((int) (oldSlots[slot][i] >>> TIME_BITS), deadline(oldSlots[slot][i]));
      }
    }
  }

  /**
   * The deadline of a hint, seen from the cursor; wrong by a multiple of 2^34 ms, half a year, for one that is farther
   * off.
   */
  private long deadline(long hint) {
    long deadline = cursorMillis & ~TIME | hint & TIME;
    return deadline < cursorMillis - TIME / 2 ? deadline + TIME + 1 : deadline; // the low bits have wrapped since
  }

  /** Fires what is due, after handling at most {@code most} hints; whether there may be more to do. */
  boolean advance(long nowMillis, int most, Due due) {
    int left = most;
    while (left > 0) {
      while (leavingSize > 0 && left-- > 0) {
        leave(leaving[leavingSize - 1], nowMillis, due);
        leavingSize--; // after: what fails in between is done again
        size--;
      }
      if (leavingSize == 0 && !reachNextSlot(nowMillis)) {
        return false;
      }
    }
    return true;
  }

  private void leave(long hint, long nowMillis, Due due) {
    int fingerprint = (int) (hint >>> TIME_BITS);
    long deadline = deadline(hint);
    // the latter: it waited in the farthest slot
    if (deadline <= nowMillis || deadline - cursorMillis >> TOP_SHIFT > 0) {
      due.fire(fingerprint);
    } else {
      add(fingerprint, deadline);
    }
  }

  private boolean reachNextSlot(long nowMillis) {
    int nearest = -1;
    long nearestMillis = Deadline.NONE;
    for (int level = LEVELS - 1; level >= 0; level--) { // from above: at the same time the coarse one is spread first
      long millis = nextMillis(level);
      if (millis < nearestMillis) {
        nearest = level;
        nearestMillis = millis;
      }
    }
    if (nearestMillis > nowMillis) {
      cursorMillis = Math.max(cursorMillis, nowMillis);
      drop();
      return false;
    }
    cursorMillis = nearestMillis;
    take(nearest);
    return true;
  }

  private void take(int level) {
    int slot = level * SLOTS + slotOf(cursorMillis, level);
    drop();
    leaving = slots[slot];
    leavingSize = sizes[slot];
    slots[slot] = null;
    sizes[slot] = 0;
    occupied[level] &= ~(1L << (slot & SLOTS - 1));
  }

  private void drop() {
    if (leaving != EMPTY) {
      bytes -= 16 + 8L * leaving.length;
      leaving = EMPTY;
    }
  }

  /** When there is something to do: at or before the first deadline; {@link Deadline#NONE} where there is no hint. */
  long nextMillis() {
    if (leavingSize > 0) {
      return cursorMillis;
    }
    long next = Deadline.NONE;
    for (int level = 0; level < LEVELS; level++) {
      next = Math.min(next, nextMillis(level));
    }
    return next;
  }

  /** When the cursor reaches the level's next occupied slot: now, where it is at that already. */
  private long nextMillis(int level) {
    if (occupied[level] == 0) {
      return Deadline.NONE;
    }
    int shift = level * SLOT_BITS;
    long here = cursorMillis >> shift;
    int ahead = Long.numberOfTrailingZeros(Long.rotateRight(occupied[level], (int) here & SLOTS - 1));
    return Math.max(cursorMillis, here + ahead << shift);
  }

  private static int slotOf(long millis, int level) {
    return (int) (millis >> level * SLOT_BITS) & SLOTS - 1;
  }
}
