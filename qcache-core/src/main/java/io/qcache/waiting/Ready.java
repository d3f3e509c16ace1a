package io.qcache.waiting;

import io.qcache.engine.Waiter;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The lines whose keys one hold has changed, in that order, and what comes of them.
 * <pre>
 *   a push ─► line is ready ─► … the hold's last change ─► served, first come first ─► unlock ─► those served are told
 *                                     ▲                       │    │                                then those elsewhere
 *                                     └── a move is a push ◄──┘    └─► elsewhere: its target is not held
 * </pre>
 * {@link #serve} is the last thing done under the stripes, so a transaction's waiters see what it has left, and what they take is
 * noted behind what was pushed.  Guarded by the stripes that are held; after that for the thread that held them.
 */
public final class Ready {
  // Linked by themselves: neither who changes a key nor who serves needs memory for it
  private Line first; // to be looked at; null for none
  private Line last;
  private Waiter firstServed; // null for none
  private Waiter lastServed;
  private ArrayDeque<Waiter> elsewhere; // null for none

  void add(Line line) {
    if (line.ready) {
      return;
    }
    line.ready = true;
    if (last == null) {
      first = line;
    } else {
      last.readyNext = line;
    }
    last = line;
  }

  /** Whether there are none to be looked at. */
  public boolean isEmpty() {
    return first == null;
  }

  /** Whether something is left to do when the stripes are given back. */
  public boolean hasServed() {
    return firstServed != null || elsewhere != null;
  }

  /**
   * Serves those whose turn has come, and those whose turn comes by that.  Who cannot be looked at, since memory has run out,
   * ends with that failure, as who cannot be served does: who pushed has done nothing wrong, and those behind go on.
   */
  public void serve() {
    while (first != null) {
      try {
        serve(first);
      } finally {
        served(first); // only now: what is taken away meanwhile is no news
      }
    }
  }

  private void served(Line line) {
    first = line.readyNext;
    if (first == null) {
      last = null;
    }
    line.readyNext = null;
    line.ready = false;
  }

  private void serve(Line line) {
    for (Place place = line.first; place != null; place = place.behind) { // which one that was taken out still has
      Waiter waiter = place.waiter;
      if (!waiter.isWaiting()) {
        place.leave();
        continue;
      }
      try {
        switch (waiter.look(line.key())) {
          case NOTHING -> {
            return;
          }
          case OTHER_TYPE -> { } // perhaps one behind wants that
          case ELSEWHERE -> {
            if (elsewhere == null) {
              elsewhere = new ArrayDeque<>(1);
            }
            elsewhere.add(waiter);
            return; // it is served before those behind it, by whoever has its target
          }
          case THERE -> ended(place, waiter.serve(line.key()));
        }
      } catch (OutOfMemoryError failed) {
        ended(place, waiter.fail(failed));
      }
    }
  }

  private void ended(Place place, boolean byUs) {
    if (byUs) {
      if (lastServed == null) {
        firstServed = place.waiter;
      } else {
        lastServed.servedNext(place.waiter);
      }
      lastServed = place.waiter;
    }
    place.leave();
  }

  /** Tells those who were served; under no stripe. */
  public void tell() {
    Waiter next = firstServed;
    firstServed = null;
    lastServed = null;
    while (next != null) {
      Waiter told = next;
      next = told.servedNext();
      told.servedNext(null);
      told.tell();
    }
  }

  /** Hands over those who could not be served since what they need beside their key was not held. */
  public void moveElsewhere(Queue<Waiter> to) {
    if (elsewhere != null) {
      to.addAll(elsewhere);
      elsewhere = null;
    }
  }
}
