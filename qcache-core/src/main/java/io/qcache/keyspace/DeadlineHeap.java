package io.qcache.keyspace;

import io.qcache.engine.Deadline;
import java.util.Arrays;

/**
 * The entries of one database in one stripe that have a deadline, the next to go on top: a binary heap whose entries know
 * their place, so that any can be taken out.  Guarded by the stripe.
 */
final class DeadlineHeap {
  /** The place of an entry that is in no heap. */
  static final int OUTSIDE = -1;

  private Entry[] heap = new Entry[4];
  private int size;

  /** The earliest deadline, or {@link Deadline#NONE}. */
  long nextMillis() {
    return size == 0 ? Deadline.NONE : heap[0].deadlineMillis;
  }

  /** The entry that goes next; null where there is none. */
  Entry next() {
    return size == 0 ? null : heap[0];
  }

  int size() {
    return size;
  }

  /** Gives the entry another deadline, or none, and its place accordingly. */
  void set(Entry entry, long deadlineMillis) {
    boolean inside = entry.heapIndex != OUTSIDE;
    if (deadlineMillis == Deadline.NONE) {
      if (inside) {
        remove(entry);
      }
      entry.deadlineMillis = deadlineMillis;
      return;
    }
    if (!inside) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      entry.heapIndex = size++;
      heap[entry.heapIndex] = entry;
    }
    entry.deadlineMillis = deadlineMillis;
    settle(entry);
  }

  private void remove(Entry entry) {
    Entry last = heap[--size];
    heap[size] = null;
    if (last != entry) {
      put(last, entry.heapIndex);
      settle(last);
    }
    entry.heapIndex = OUTSIDE;
  }

  /** Moves an entry up or down to where it belongs. */
  private void settle(Entry entry) {
    int at = entry.heapIndex;
    while (at > 0 && entry.deadlineMillis < heap[(at - 1) / 2].deadlineMillis) {
      put(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    while (true) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1].deadlineMillis < heap[child].deadlineMillis) {
        child++;
      }
      if (child >= size || heap[child].deadlineMillis >= entry.deadlineMillis) {
        break;
      }
      put(heap[child], at);
      at = child;
    }
    put(entry, at);
  }

  private void put(Entry entry, int at) {
    heap[at] = entry;
    entry.heapIndex = at;
  }
}
