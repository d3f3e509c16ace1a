package io.qcache.keyspace;

import java.util.Arrays;

/** The large values of a section by the numbers of their handles.  Guarded by the stripe. */
final class LargeValues {
  private Chunks[] values = {};
  private int[] free = {};
  private int freeCount;
  private int next;
  private long bytes;

  /** The memory of all of them, in bytes. */
  long bytes() {
    return bytes;
  }

  int count() {
    return next - freeCount;
  }

  Chunks get(int handle) {
    return values[handle];
  }

  /** Makes room for one more, so that {@link #add} cannot fail. */
  void reserve() {
    if (freeCount == 0 && next == values.length) {
      Allocation.comes();
      int more = Math.max(4, next * 2);
      free = Arrays.copyOf(free, more);
      values = Arrays.copyOf(values, more);
      bytes += 12L * (more - next);
    }
  }

  /** The number of a handle to the value. */
  int add(Chunks value) {
    int handle = freeCount > 0 ? free[--freeCount] : next++;
    values[handle] = value;
    bytes += value.bytes();
    return handle;
  }

  /** Forgets it; whoever has pinned it keeps what he has. */
  void remove(int handle) {
    bytes -= values[handle].bytes();
    values[handle] = null;
    free[freeCount++] = handle;
  }

  /** Makes a value longer, and counts what that takes. */
  void grow(int handle, int newLength) {
    Chunks value = values[handle];
    long before = value.bytes();
    try {
      value.grow(newLength);
    } finally { // where it failed half way, the room of the last chunk may have grown
      bytes += value.bytes() - before;
    }
  }
}
