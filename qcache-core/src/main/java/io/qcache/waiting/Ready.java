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
  private final ArrayDeque<Line> lines = new ArrayDeque<>(2);
  private Waiter firstServed; // linked by the waiters, for which no memory is needed; null for none
  private Waiter lastServed;
  private final ArrayDeque<Waiter> elsewhere = new ArrayDeque<>(1);

  void add(Line line) {
    if (!line.ready) {
      lines.add(line); // which may run out of memory
      line.ready = true;
    }
  }

  /**
   * Serves those whose turn has come, and those whose turn comes by that.  Who cannot be looked at, since memory has run out,
   * ends with that failure, as who cannot be served does: who pushed has done nothing wrong, and those behind go on.
   */
  public void serve() {
    for (Line line = lines.poll(); line != null; line = lines.poll()) {
      try {
        serve(line);
      } finally {
        line.ready = false; // only now: what is taken away meanwhile is no news
      }
    }
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
    to.addAll(elsewhere);
    elsewhere.clear();
  }
}
