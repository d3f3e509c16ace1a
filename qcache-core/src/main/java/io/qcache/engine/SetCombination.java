package io.qcache.engine;

import io.qcache.collection.ElementView;
import java.util.Arrays;
import java.util.Comparator;

/**
 * What several sets have together, looked at member by member without remembering any: what any of them has is what each has
 * that none before it has; what all of them have is what the smallest has and all others; what only the first has is what none
 * of the others has.  As a producer it looks twice: how many there are stands at the head of a reply.
 */
final class SetCombination implements Producer {
  /** How sets are combined. */
  enum Kind {
    UNION, INTERSECTION, DIFFERENCE
  }

  private static final int LOOK_BYTES = 32; // of a turn, that looking at a member is worth
  private static final ElementView[] NOTHING = {};

  private final Kind kind;
  private final ElementView[] views;
  private ElementView.Steps steps;
  private int walked; // the view that is walked over
  private final Slice member = new Slice();
  private final Slice none = new Slice();
  private long count; // found in the first look
  private boolean counted;
  private Producer begun; // of a member that is long
  private boolean closed;

  /** Of sets, null where one is missing. */
  SetCombination(Kind kind, ElementView[] sets) {
    this.kind = kind;
    this.views = ordered(kind, sets);
    rewind();
  }

  private static ElementView[] ordered(Kind kind, ElementView[] sets) {
    ElementView[] present = Arrays.stream(sets).filter(set -> set != null).toArray(ElementView[]::new);
    Comparator<ElementView> bySize = Comparator.comparingLong(ElementView::size);
    switch (kind) {
      case UNION -> Arrays.sort(present, bySize.reversed()); // nothing is looked for in vain before the largest
      case INTERSECTION -> {
        if (present.length < sets.length) {
          return NOTHING;
        }
        Arrays.sort(present, bySize);
      }
      case DIFFERENCE -> {
        if (sets[0] == null) {
          return NOTHING;
        }
        Arrays.sort(present, 1, present.length, bySize.reversed()); // the largest has most
      }
    }
    return present;
  }

  private void rewind() {
    walked = 0;
    steps = views.length == 0 ? null : views[0].walk();
  }

  /** Goes to the next member that is looked at; false behind the last. */
  private boolean next() {
    while (steps != null && !steps.next(member, none)) {
      walked++;
      steps = kind == Kind.UNION && walked < views.length ? views[walked].walk() : null;
    }
    return steps != null;
  }

  /** Whether the member at hand is one of the result. */
  private boolean isFound() {
    int end = kind == Kind.UNION ? walked : views.length;
    for (int i = kind == Kind.UNION ? 0 : 1; i < end; i++) {
      if (views[i].contains(member) != (kind == Kind.INTERSECTION)) {
        return false;
      }
    }
    return true;
  }

  /** How many there are, counted up to {@code most}. */
  long count(long most) {
    long found = 0;
    while (found < most && next()) {
      found += isFound() ? 1 : 0;
    }
    return found;
  }

  /** The result, once. */
  HeldSet.Members members() {
    return into -> {
      while (next()) {
        if (isFound()) {
          into.wrap(member.array(), member.offset(), member.length());
          return true;
        }
      }
      return false;
    };
  }

  @Override public boolean give(Sink out, int bytes) {
    long left = bytes;
    while (!counted) {
      if (left <= 0) {
        return true;
      }
      left -= LOOK_BYTES;
      if (!next()) {
        counted = true;
        out.elements(count);
        rewind();
      } else if (isFound()) {
        count++;
      }
    }
    while (left > 0) {
      if (begun != null) {
        begun = begun.give(out, (int) Math.min(left, Integer.MAX_VALUE)) ? begun : null;
        return true;
      }
      if (!next()) {
        return false;
      }
      left -= LOOK_BYTES;
      if (isFound()) {
        left -= member.length();
        begun = ArrayProducer.begin(member, out);
      }
    }
    return true;
  }

  /** Keeps the sets, to be read without their locks until it is closed. */
  SetCombination kept() {
    ElementView[] kept = new ElementView[views.length];
    for (int i = 0; i < views.length; i++) {
      kept[i] = views[i].kept();
    }
    return new SetCombination(kind, kept);
  }

  /** About how many bytes the sets have. */
  long bytes() {
    long bytes = 0;
    for (ElementView view : views) {
      bytes += view.bytes();
    }
    return bytes;
  }

  @Override public void close() {
    if (!closed) {
      closed = true;
      for (ElementView view : views) {
        view.close();
      }
    }
  }
}
