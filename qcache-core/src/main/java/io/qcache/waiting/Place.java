package io.qcache.waiting;

import io.qcache.engine.Waiter;
import io.qcache.keyspace.Stripe;

/** A waiter's place in the line of one of its keys.  Guarded by the stripe of that key. */
public final class Place {
  final Waiter waiter;
  final Line line;
  Place ahead;
  Place behind;
  private volatile boolean left; // also read without the lock: true stays so

  Place(Waiter waiter, Line line) {
    this.waiter = waiter;
    this.line = line;
  }

  /** Gives it up, under the stripe's lock. */
  void leave() {
    if (!left) {
      left = true;
      line.remove(this);
    }
  }

  /** Gives it up, taking the stripe unless that has happened. */
  public void leaveAlone() {
    if (left) {
      return;
    }
    Stripe stripe = line.stripe();
    stripe.acquire();
    try {
      leave();
    } finally {
      stripe.release();
    }
  }
}
