package io.qcache.keyspace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The large values of a section by the numbers of their handles.  Guarded by the stripe.
 *
 * <p>While a snapshot is on, a value that was there when it began is pinned for it before its first change or its end,
 * and a number that was given back is not given out again: so the number in a frozen record means what it meant then.
 */
final class LargeValues {
  private static final long HANDLE_BYTES = 4 + 4 + 8; // its places in the arrays

  private LargeValue[] values = {};
  private long[] counted = {}; // the bytes of each, as last told
  private int[] free = {};
  private int freeCount;
  private int next;
  private long bytes;
  private Map<Integer, LargeValue.Frozen> saved; // for the snapshot, by number; null while there is none
  private boolean[] old; // whether a number's value was there when the snapshot began; null while there is none
  private int freeBefore; // of the free numbers, those that may be given out during a snapshot

  int count() {
    int count = 0;
    for (LargeValue value : values) {
      count += value == null ? 0 : 1;
    }
    return count;
  }

  /** The memory of all of them, in bytes. */
  long bytes() {
    return bytes;
  }

  LargeValue get(int handle) {
    return values[handle];
  }

  /** The memory of one of them, in bytes, as it was last settled. */
  long bytes(int handle) {
    return counted[handle];
  }

  /** Makes room for one more, so that {@link #add} cannot fail. */
  void reserve() {
    if (available() == 0 && next == values.length) {
      Allocation.comes();
      int more = Math.max(4, next * 2);
      int[] moreFree = Arrays.copyOf(free, more);
      long[] moreCounted = Arrays.copyOf(counted, more);
      values = Arrays.copyOf(values, more);
      free = moreFree;
      counted = moreCounted;
      bytes += HANDLE_BYTES * (more - next);
    }
  }

  private int available() {
    return saved == null ? freeCount : freeBefore;
  }

  /** The number of a handle to the value. */
  int add(LargeValue value) {
    int handle = available() > 0 ? takeFree() : next++;
    values[handle] = value;
    counted[handle] = value.bytes();
    bytes += counted[handle];
    return handle;
  }

  private int takeFree() {
    if (saved == null) {
      return free[--freeCount];
    }
    int handle = free[--freeBefore]; // fill its place with the last of those that must wait
    free[freeBefore] = free[--freeCount];
    return handle;
  }

  /** Forgets it; whoever has pinned it keeps what he has. */
  void remove(int handle) {
    save(handle);
    bytes -= counted[handle];
    values[handle] = null;
    free[freeCount++] = handle;
  }

  /** The value, for a change; a snapshot keeps it as it is. */
  LargeValue change(int handle) {
    save(handle);
    return values[handle];
  }

  /** Settles what a change made of its memory; by how many bytes that grew. */
  long changed(int handle) {
    long grown = values[handle].bytes() - counted[handle];
    counted[handle] += grown;
    bytes += grown;
    return grown;
  }

  // Snapshots

  /** A snapshot begins: what is there now is kept for it. */
  void freeze() {
    boolean[] present = new boolean[next];
    for (int handle = 0; handle < next; handle++) {
      present[handle] = values[handle] != null;
    }
    saved = new HashMap<>();
    old = present;
    freeBefore = freeCount;
  }

  private void save(int handle) {
    if (saved != null && handle < old.length && old[handle]) {
      old[handle] = false;
      saved.put(handle, values[handle].frozen());
    }
  }

  /** The value that the number meant when the snapshot began. */
  LargeValue.Frozen frozen(int handle) {
    LargeValue.Frozen pin = saved.remove(handle);
    if (pin != null) {
      return pin;
    }
    old[handle] = false; // it has been read, so its next change need not wait for us
    return values[handle].frozen();
  }

  /** The snapshot has ended. */
  void thaw() {
    saved.values().forEach(LargeValue.Frozen::close);
    saved = null;
    old = null;
  }
}
