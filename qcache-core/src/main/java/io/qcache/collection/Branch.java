package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import java.util.Arrays;

/**
 * An inner node: at most {@link #FANOUT} parts, and how many elements each of them has.  In a tree whose elements begin with their
 * scores also a score between each part and the one before it: not below any there, not above any here; the first has none.
 */
final class Branch extends Node {
  static final int FANOUT = 64;
  private static final int OVERHEAD = 32 + 2 * 16; // its fields, and the headers of two arrays

  Node[] children;
  long[] counts;
  double[] lows; // or null
  int size;

  private Branch(Node[] children, long[] counts, double[] lows, int size) {
    this.children = children;
    this.counts = counts;
    this.lows = lows;
    this.size = size;
  }

  /** A branch with that part alone. */
  static Branch of(Node child, long count, boolean scored) {
    Allocation.comes();
    Branch branch = new Branch(new Node[4], new long[4], scored ? new double[4] : null, 1);
    branch.children[0] = child;
    branch.counts[0] = count;
    return branch;
  }

  @Override Branch copied() {
    Allocation.comes();
    return new Branch(children.clone(), counts.clone(), lows == null ? null : lows.clone(), size);
  }

  @Override int bytes() {
    return OVERHEAD + children.length * (4 + 8) + (lows == null ? 0 : 16 + 8 * lows.length);
  }

  boolean isFull() {
    return size == FANOUT;
  }

  /** The part where the member of that score is, or belongs: the last of which the first element comes before it, or the first. */
  int slot(double score, Slice member) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = low + high + 1 >>> 1;
      double bound = lows[middle];
      if (bound < score || (bound == score && ChunkTree.first(children[middle]).comesBefore(0, score, member))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Makes room for {@code more} parts, so that {@link #insert} cannot fail. */
  void reserve(int more) {
    if (size + more > children.length) {
      int room = Math.min(FANOUT, Math.max(size + more, 2 * size));
      Allocation.comes();
      Node[] moreChildren = Arrays.copyOf(children, room);
      long[] moreCounts = Arrays.copyOf(counts, room);
      if (lows != null) {
        lows = Arrays.copyOf(lows, room);
      }
      counts = moreCounts;
      children = moreChildren;
    }
  }

  void insert(int slot, Node child, long count) {
    System.arraycopy(children, slot, children, slot + 1, size - slot);
    System.arraycopy(counts, slot, counts, slot + 1, size - slot);
    if (lows != null) {
      System.arraycopy(lows, slot, lows, slot + 1, size - slot);
    }
    children[slot] = child;
    counts[slot] = count;
    size++;
  }

  void remove(int slot) {
    System.arraycopy(children, slot + 1, children, slot, size - slot - 1);
    System.arraycopy(counts, slot + 1, counts, slot, size - slot - 1);
    if (lows != null) {
      System.arraycopy(lows, slot + 1, lows, slot, size - slot - 1);
    }
    children[--size] = null;
  }

  /** A branch of the parts from {@code from} on, which stay here too until {@link #cut}. */
  Branch tail(int from) {
    Allocation.comes();
    Branch tail = new Branch(new Node[FANOUT], new long[FANOUT], lows == null ? null : new double[FANOUT], size - from);
    System.arraycopy(children, from, tail.children, 0, size - from);
    System.arraycopy(counts, from, tail.counts, 0, size - from);
    if (lows != null) {
      System.arraycopy(lows, from, tail.lows, 0, size - from);
    }
    return tail;
  }

  /** Forgets the parts from {@code newSize} on. */
  void cut(int newSize) {
    Arrays.fill(children, newSize, size, null);
    size = newSize;
  }

  /** Takes over all parts of the branch to the right, of which {@code low} is a score between; there is room. */
  void append(Branch right, double low) {
    System.arraycopy(right.children, 0, children, size, right.size);
    System.arraycopy(right.counts, 0, counts, size, right.size);
    if (lows != null) {
      System.arraycopy(right.lows, 0, lows, size, right.size);
      lows[size] = low;
    }
    size += right.size;
  }

  /** How many elements there are below. */
  long count() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
