package io.qcache.collection;

import io.qcache.engine.Slice;

/** A place between two elements of a {@link ChunkTree} or of a pin of it, moving in both directions.  For one thread at a time. */
public final class Walk {
  private final Branch[] path;
  private final int[] slots;
  private Chunk chunk; // null where there is no element
  private int index;
  private int place; // in the chunk
  private int shown; // the index of the element that was shown last

  Walk(Node root, long size, long at) {
    if (at < 0 || at > size) {
      throw new IndexOutOfBoundsException(at + " of " + size);
    }
    int height = 0;
    for (Node node = root; node instanceof Branch branch; node = branch.children[0]) {
      height++;
    }
    path = new Branch[height];
    slots = new int[height];
    Node node = root;
    long left = at;
    for (int level = 0; level < height; level++) {
      Branch branch = (Branch) node;
      int slot = 0;
      while (slot < branch.size - 1 && left >= branch.counts[slot]) {
        left -= branch.counts[slot++];
      }
      path[level] = branch;
      slots[level] = slot;
      node = branch.children[slot];
    }
    chunk = (Chunk) node;
    index = (int) left;
    place = chunk == null ? 0 : chunk.place(index);
  }

  /** Points the slice at the next element and steps over it; false behind the last. */
  public boolean next(Slice into) {
    if (chunk == null || (index == chunk.count() && !moveTo(1))) {
      return false;
    }
    shown = index;
    place = chunk.next(index++, place, into);
    return true;
  }

  /** Points the slice at the element before and steps back over it; false before the first. */
  public boolean previous(Slice into) {
    if (chunk == null || (index == 0 && !moveTo(-1))) {
      return false;
    }
    place = chunk.previous(--index, place, into);
    shown = index;
    return true;
  }

  /** The score of the element that was shown last, in a sequence of scored ones. */
  double score() {
    return ((OrderedChunk) chunk).score(shown);
  }

  /** Goes to the next chunk in that direction, at its near end. */
  private boolean moveTo(int step) {
    int level = path.length - 1;
    while (level >= 0 && (step > 0 ? slots[level] == path[level].size - 1 : slots[level] == 0)) {
      level--;
    }
    if (level < 0) {
      return false;
    }
    slots[level] += step;
    Node node = path[level].children[slots[level]];
    while (++level < path.length) {
      path[level] = (Branch) node;
      slots[level] = step > 0 ? 0 : path[level].size - 1;
      node = path[level].children[slots[level]];
    }
    chunk = (Chunk) node;
    index = step > 0 ? 0 : chunk.count();
    place = chunk.place(index);
    return true;
  }
}
