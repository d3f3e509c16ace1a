package io.qcache.keyspace;

import io.qcache.engine.Deadline;

/**
 * The hints of a section's deadlines.  Guarded by the stripe.
 *
 * <p>Hints of keys that were deleted or put off stay until they fire.  When there are far more hints than deadlines,
 * the wheel is made afresh: new hints go to the new one, and every change walks a little further over the section to
 * hint there what has a deadline.  Until the walk is over both are looked at; the old one is then dropped as it is.
 */
final class Deadlines {
  /** What the walk needs of the section. */
  interface Walk {
    /** Hints what is at a stretch of the hash order; where the next begins, or 0 at the end. */
    int hintFrom(int place, DeadlineWheel into);
  }

  private static final long TOLERATED = 1_024;
  private static final int DONE = 0;

  private DeadlineWheel wheel; // null until the first hint
  private DeadlineWheel fresh; // null but during a walk
  private int place;
  private boolean changed;

  void add(int fingerprint, long deadlineMillis, long nowMillis, int withDeadline, Walk walk) {
    changed = true;
    if (wheel == null) {
      Allocation.comes();
      wheel = new DeadlineWheel(nowMillis);
    }
    if (fresh == null && wheel.size() > 2L * withDeadline + TOLERATED) {
      Allocation.comes();
      fresh = new DeadlineWheel(nowMillis);
      place = DONE;
    }
    DeadlineWheel to = fresh == null ? wheel : fresh;
    to.goBackTo(nowMillis);
    to.add(fingerprint, deadlineMillis);
    if (fresh != null) {
      place = walk.hintFrom(place, fresh);
      if (place == DONE) {
        wheel = fresh;
        fresh = null;
      }
    }
  }

  /** A hint in the place of one that has just fired. */
  void again(int fingerprint, long deadlineMillis) {
    changed = true;
    (fresh == null ? wheel : fresh).add(fingerprint, deadlineMillis);
  }

  /** Fires what is due, after handling at most {@code most} hints; whether there may be more to do. */
  boolean advance(long nowMillis, int most, DeadlineWheel.Due due) {
    changed = true;
    boolean more = wheel != null && wheel.advance(nowMillis, most, due);
    return fresh != null && fresh.advance(nowMillis, most, due) || more;
  }

  /** When there is something to do: at or before the first deadline; {@link Deadline#NONE} where there is no hint. */
  long nextMillis() {
    long next = wheel == null ? Deadline.NONE : wheel.nextMillis();
    return fresh == null ? next : Math.min(next, fresh.nextMillis());
  }

  /** Whether {@link #nextMillis} may answer otherwise than when this was last asked. */
  boolean takeChanged() {
    if (!changed) { // most holds: a write would take the line from other cores
      return false;
    }
    changed = false;
    return true;
  }

  /** The memory of the hints, in bytes. */
  long bytes() {
    return (wheel == null ? 0 : wheel.bytes()) + (fresh == null ? 0 : fresh.bytes());
  }
}
