package io.qcache.resp;

import java.util.Arrays;

/** The aggregates that are open while replies are read, innermost last. */
final class Nesting {
  private long[] elements = new long[8];       // still to come; of a streamed one: that came
  private boolean[] streamed = new boolean[8];
  private boolean[] paired = new boolean[8];   // maps and attributes: elements come in twos
  private boolean[] apart = new boolean[8];    // attributes: no element of what they stand in
  private int depth;
  private boolean attributed;                  // an attribute has closed, its value has not come

  int depth() {
    return depth;
  }

  /** True if nothing is open, and no attribute waits for its value. */
  boolean isClosed() {
    return depth == 0 && !attributed;
  }

  void clear() {
    depth = 0;
    attributed = false;
  }

  /** Opens an aggregate of {@code size} elements or pairs; -1 if it is streamed. */
  void open(long size, boolean pairs, boolean attribute) {
    if (depth == elements.length) {
      grow();
    }
    streamed[depth] = size < 0;
    elements[depth] = size < 0 ? 0 : pairs ? 2 * size : size;
    paired[depth] = pairs;
    apart[depth] = attribute;
    depth++;
    attributed = false;
  }

  /** True if the innermost has all its announced elements. */
  boolean isFull() {
    return depth > 0 && !streamed[depth - 1] && elements[depth - 1] == 0;
  }

  /** True if the innermost is streamed and may end here: not between a key and its value, nor behind an attribute. */
  boolean mayEnd() {
    return depth > 0 && streamed[depth - 1] && !attributed && !(paired[depth - 1] && elements[depth - 1] % 2 != 0);
  }

  /** Closes the innermost; true if a whole reply ends with it. */
  boolean close() {
    depth--;
    if (apart[depth]) {
      attributed = true;
      return false;
    }
    return valueEnd();
  }

  /** A value ends; true if it is a whole reply, and not an element of what is open. */
  boolean valueEnd() {
    attributed = false;
    if (depth == 0) {
      return true;
    }
    elements[depth - 1] += streamed[depth - 1] ? 1 : -1;
    return false;
  }

  private void grow() {
    elements = Arrays.copyOf(elements, 2 * depth);
    streamed = Arrays.copyOf(streamed, 2 * depth);
    paired = Arrays.copyOf(paired, 2 * depth);
    apart = Arrays.copyOf(apart, 2 * depth);
  }
}
