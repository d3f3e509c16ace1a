package io.qcache.engine;

import io.qcache.collection.ElementView;

/** Gives elements of a hash or a set, their values, or both in turn, as one collection whose number is known before. */
final class ElementProducer implements Producer {
  /** What is given of each. */
  enum Part {
    ELEMENTS, VALUES, BOTH
  }

  /** What is longer than this may come in parts; fewer bytes in all are given at once. */
  static final int PART_BYTES = 64 << 10;
  private static final int ABOUT = 16; // bytes that a reply takes for an element beside its own

  private final ElementView view;
  private final ElementView.Steps steps;
  private final long count;
  private final Part part;
  private final Slice element = new Slice();
  private final Slice value = new Slice();
  private final Slice begun = new Slice(); // what is given in parts: the rest of it
  private boolean beganAll;
  private boolean valueFollows;
  private long stepped;

  /**
   * Of {@code count} of the steps.
   *
   * @param view what is closed in the end
   */
  ElementProducer(ElementView view, ElementView.Steps steps, long count, Part part) {
    this.view = view;
    this.steps = steps;
    this.count = count;
    this.part = part;
  }

  @Override public boolean give(Sink out, int bytes) {
    if (!beganAll) {
      beganAll = true;
      out.elements(part == Part.BOTH ? 2 * count : count);
    }
    long left = bytes;
    while (left > 0) {
      if (begun.length() > 0) {
        left -= giveMore(out, (int) Math.min(left, begun.length()));
      } else if (valueFollows) {
        valueFollows = false;
        left -= give(out, value);
      } else if (stepped < count) {
        step();
        left -= give(out, part == Part.VALUES ? value : element);
      } else {
        return false;
      }
    }
    return begun.length() > 0 || valueFollows || stepped < count;
  }

  private void step() {
    if (!steps.next(element, value)) {
      throw new IllegalStateException("fewer than " + count + " elements");
    }
    stepped++;
    valueFollows = part == Part.BOTH;
  }

  private long give(Sink out, Slice slice) {
    if (slice.length() > PART_BYTES) {
      out.begin(slice.length());
      begun.wrap(slice.array(), slice.offset(), slice.length());
    } else {
      out.value(slice.array(), slice.offset(), slice.length());
    }
    return ABOUT + (slice.length() > PART_BYTES ? 0 : slice.length());
  }

  private int giveMore(Sink out, int bytes) {
    out.part(begun.array(), begun.offset(), bytes);
    begun.wrap(begun.array(), begun.offset() + bytes, begun.length() - bytes);
    return bytes;
  }

  @Override public void close() {
    view.close();
  }
}
