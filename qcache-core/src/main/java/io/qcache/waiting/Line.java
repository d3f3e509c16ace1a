package io.qcache.waiting;

import io.qcache.ValueType;
import io.qcache.engine.Slice;
import io.qcache.engine.Waiter;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;

/**
 * Those who wait for one key, first come first served; a list linked both ways, since who waits may leave from its middle.  Of
 * those who have several keys some are served elsewhere already and have not left yet.  Guarded by the stripe.
 */
final class Line {
  private final Waiters table;
  private final Section section;
  private final Slice key;
  Place first;
  private Place last;
  boolean ready; // to be looked at before the hold ends
  Line readyNext; // who is looked at behind it; null for nobody

  Line(Waiters table, Section section, Slice key) {
    this.table = table;
    this.section = section;
    this.key = key;
  }

  Slice key() {
    return key;
  }

  Stripe stripe() {
    return section.stripe();
  }

  /** Whether the waiter stands here already: a key may be named twice. */
  boolean has(Waiter waiter) {
    return last != null && last.waiter == waiter; // nobody came behind while it was let in
  }

  Place add(Waiter waiter) {
    Place place = new Place(waiter, this);
    place.ahead = last;
    if (last == null) {
      first = place;
    } else {
      last.behind = place;
    }
    last = place;
    return place;
  }

  /** Takes a place out, which still leads to the one behind it; the line goes with the last of them. */
  void remove(Place place) {
    if (place.ahead == null) {
      first = place.behind;
    } else {
      place.ahead.behind = place.behind;
    }
    if (place.behind == null) {
      last = place.ahead;
    } else {
      place.behind.ahead = place.ahead;
    }
    if (first == null) {
      table.remove(this);
    }
  }

  /** Whether somebody waits here for a value of that type. */
  boolean hasWaiting(ValueType type) {
    for (Place place = first; place != null; place = place.behind) {
      if (place.waiter.isWaiting() && place.waiter.type() == type) {
        return true;
      }
    }
    return false;
  }
}
