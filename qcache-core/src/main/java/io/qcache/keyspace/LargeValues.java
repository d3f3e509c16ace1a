package io.qcache.keyspace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The large values of a section by the numbers of their handles.  Guarded by the stripe.
 *
 * <p>While a snapshot is on, a value that was there when it began is pinned for it before its first change or its end,
 * and a
 * number that was given back is not given out again: so the number in a frozen record means what it meant then.
 */
final class LargeValues {
  private Chunks[] values = {};
  private int[] free = {};
  private int freeCount;
  private int next;
  private long bytes;
  private Map<Integer, Pin> saved; // for the snapshot, by number; null while there is none
  private boolean[] old; // whether a number's value was there when the snapshot began; null while there is none
  private int freeBefore; // of the free numbers, those that may be given out during a snapshot

  int count() {
    int count = 0;
    for (Chunks value : values) {
      count += value == null ? 0 : 1;
    }
    return count;
  }

  /** The memory of all of them, in bytes. */
  long bytes() {
    return bytes;
  }

  Chunks get(int handle) {
    return values[handle];
  }

  /** Makes room for one more, so that {@link #add} cannot fail. */
  void reserve() {
    if (available() == 0 && next == values.length) {
      Allocation.comes();
      int more = Math.max(4, next * 2);
      int[] moreFree = Arrays.copyOf(free, more);
      values = Arrays.copyOf(values, more);
      free = moreFree;
      bytes += 12L * (more - next);
    }
  }

  private int available() {
    return saved == null ? freeCount : freeBefore;
  }

  /** The number of a handle to the value. */
  int add(Chunks value) {
    int handle = available() > 0 ? takeFree() : next++;
    values[handle] = value;
    bytes += value.bytes();
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
    bytes -= values[handle].bytes();
    values[handle] = null;
    free[freeCount++] = handle;
  }

  /** Makes a value longer, and counts what that takes. */
  void grow(int handle, int newLength) {
    save(handle);
    Chunks value = values[handle];
    long before = value.bytes();
    try {
      value.grow(newLength);
    } finally { // where it failed half way, the room of the last chunk may have grown
      bytes += value.bytes() - before;
    }
  }

  void write(int handle, int offset, byte[] array, int from, int count) {
    save(handle);
    values[handle].write(offset, array, from, count);
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
      saved.put(handle, values[handle].pin());
    }
  }

  /** The value that the number meant when the snapshot began. */
  Pin frozen(int handle) {
    Pin pin = saved.remove(handle);
    if (pin != null) {
      return pin;
    }
    old[handle] = false; // it has been read, so its next change need not wait for us
    return values[handle].pin();
  }

  /** The snapshot has ended. */
  void thaw() {
    saved.values().forEach(Pin::close);
    saved = null;
    old = null;
  }
}
