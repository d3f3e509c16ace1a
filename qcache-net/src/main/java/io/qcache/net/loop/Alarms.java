package io.qcache.net.loop;

import io.qcache.net.session.Peer;
import java.util.Arrays;

/**
 * When which connections want a turn: a heap of them, the soonest on top, each with its place in it.  A connection has one
 * alarm at most.  At the same time the one that was set first comes first.  Event loop only.
 */
final class Alarms {
  private static final long LONGEST_MILLIS = 1L << 40; // 34 years, which nanoseconds can count
  private static final int FEW = 16;

  private Connection[] heap = new Connection[FEW];
  private int size;
  private long lastOrder;

  boolean isEmpty() {
    return size == 0;
  }

  /** The nanoseconds from then until the soonest; there must be one. */
  long nanosUntilNext(long now) {
    return heap[0].alarmNanos - now;
  }

  /** Sets the connection's alarm, in place of the one that it has. */
  void set(Connection connection, long now, long inMillis) {
    if (inMillis == Peer.NEVER) {
      remove(connection);
      return;
    }
    int at = connection.alarmIndex;
    if (at < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      at = size++;
    }
    connection.alarmNanos = now + Math.min(Math.max(0, inMillis), LONGEST_MILLIS) * 1_000_000;
    connection.alarmOrder = ++lastOrder;
    put(connection, at);
    settle(at);
  }

  /** Takes the connection's alarm away, if it has one. */
  void remove(Connection connection) {
    int at = connection.alarmIndex;
    if (at < 0) {
      return;
    }
    connection.alarmIndex = -1;
    Connection last = heap[--size];
    heap[size] = null;
    if (last != connection) {
      put(last, at);
      settle(at);
    } else if (size == 0) {
      heap = heap.length > FEW ? new Connection[FEW] : heap;
    }
  }

  /** Takes away the soonest whose time has come; null where there is none. */
  Connection poll(long now) {
    if (size == 0 || nanosUntilNext(now) > 0) {
      return null;
    }
    Connection first = heap[0];
    remove(first);
    return first;
  }

  private void settle(int at) {
    Connection moved = heap[at];
    int hole = at;
    while (hole > 0 && isBefore(moved, heap[hole - 1 >> 1])) {
      put(heap[hole - 1 >> 1], hole);
      hole = hole - 1 >> 1;
    }
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      child += child + 1 < size && isBefore(heap[child + 1], heap[child]) ? 1 : 0;
      if (!isBefore(heap[child], moved)) {
        break;
      }
      put(heap[child], hole);
      hole = child;
    }
    put(moved, hole);
  }

  private void put(Connection connection, int at) {
    heap[at] = connection;
    connection.alarmIndex = at;
  }

  private static boolean isBefore(Connection one, Connection other) {
    long nanos = one.alarmNanos - other.alarmNanos;
    return nanos < 0 || nanos == 0 && one.alarmOrder < other.alarmOrder;
  }
}
