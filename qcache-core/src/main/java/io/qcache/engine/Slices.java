package io.qcache.engine;

import java.util.Arrays;

/** A list of slices that is filled again and again without allocating.  For one thread at a time. */
public final class Slices {
  private static final int KEPT = 64; // slices beyond these go when the list is emptied
  private static final byte[] NOTHING = {};

  private Slice[] slices = new Slice[8];
  private int size;

  /** Adds a slice over {@code length} bytes of the array, as {@link Slice#wrap}. */
  public Slice add(byte[] array, int offset, int length) {
    if (size == slices.length) {
      slices = Arrays.copyOf(slices, size * 2);
    }
    Slice slice = slices[size];
    if (slice == null) {
      slice = new Slice();
      slices[size] = slice;
    }
    size++;
    return slice.wrap(array, offset, length);
  }

  /** Adds a slice over a long argument. */
  public Slice add(Parts whole) {
    return add(NOTHING, 0, 0).wrap(whole);
  }

  public Slice add(byte[] array) {
    return add(array, 0, array.length);
  }

  /** The slice at {@code index}, which is the list's own: valid until {@link #clear}. */
  public Slice get(int index) {
    assert index < size : index + " of " + size;
    return slices[index];
  }

  public int size() {
    return size;
  }

  /** The lengths of all of them together. */
  public long bytes() {
    long bytes = 0;
    for (int i = 0; i < size; i++) {
      bytes += slices[i].length();
    }
    return bytes;
  }

  /** Empties it, and lets go of what a long command left. */
  public void clear() {
    if (size > KEPT) {
      slices = Arrays.copyOf(slices, KEPT);
    }
    size = 0;
  }

  /** Empties it, and refers to nobody's bytes any more. */
  public void forget() {
    clear();
    for (Slice slice : slices) {
      if (slice != null) {
        slice.wrap(NOTHING);
      }
    }
  }
}
