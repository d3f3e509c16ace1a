package io.qcache.collection;

import io.qcache.engine.Slice;
import java.util.random.RandomGenerator;

/**
 * A large hash of which some fields are due and still there: without them.  Only then: for as long as none is due the table is
 * read itself.
 */
public final class LiveElements implements ElementView {
  private static final int TRIES = 100; // to find a living one among all

  private final Elements all;
  private final Elements deadlines; // as a sorted set has scores
  private final long nowMillis;
  private final long due;
  private final Slice asked = new Slice();

  LiveElements(Elements all, Elements deadlines, long nowMillis, long due) {
    this.all = all;
    this.deadlines = deadlines;
    this.nowMillis = nowMillis;
    this.due = due;
  }

  private boolean isLive(Slice field) {
    return !deadlines.get(field, asked) || Score.get(asked.array(), asked.offset()) > nowMillis;
  }

  @Override public long size() {
    return all.size() - due;
  }

  @Override public long bytes() {
    return all.bytes();
  }

  @Override public boolean contains(Slice element) {
    return isLive(element) && all.contains(element);
  }

  @Override public boolean get(Slice element, Slice value) {
    return isLive(element) && all.get(element, value);
  }

  private Steps living(Steps steps) {
    return (element, value) -> {
      while (steps.next(element, value)) {
        if (isLive(element)) {
          return true;
        }
      }
      return false;
    };
  }

  @Override public Steps walk() {
    return living(all.walk());
  }

  @Override public Steps inRandomOrder(RandomGenerator random) {
    return living(all.inRandomOrder(random));
  }

  @Override public void random(RandomGenerator random, Slice element, Slice value) {
    for (int i = 0; i < TRIES; i++) {
      all.random(random, element, value);
      if (isLive(element)) {
        return;
      }
    }
    if (!inRandomOrder(random).next(element, value)) {
      throw new IllegalStateException("no element");
    }
  }

  /** {@link Elements#scan} over what lives. */
  public long scan(long cursor, long count, Elements.Visitor visitor) {
    return all.scan(cursor, count, (element, value) -> {
      if (isLive(element)) {
        visitor.visit(element, value);
      }
    });
  }

  @Override public LiveElements kept() {
    ElementView kept = all.kept();
    return new LiveElements((Elements) kept, (Elements) deadlines.kept(), nowMillis, due);
  }

  @Override public void close() {
    all.close();
    deadlines.close();
  }
}
