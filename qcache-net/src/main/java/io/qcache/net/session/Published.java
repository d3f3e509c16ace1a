package io.qcache.net.session;

import io.qcache.pubsub.Publication;
import java.util.ArrayList;

/**
 * What a session has published in this turn and not handed over yet: a pipeline's messages to a channel become one.  The
 * session's loop only.
 */
public final class Published {
  private static final int MOST_HELD = 32 << 10; // bytes

  private final Session session;
  private ArrayList<Publication> held; // null: nothing
  private long heldBytes;

  Published(Session session) {
    this.session = session;
  }

  /**
   * Hands a message of so many bytes to its subscribers: to the session itself at once, to others when the turn ends or much
   * is held; but never while an EXEC holds stripes.
   */
  public void add(Publication publication, long bytes) {
    if (publication.receivers() == 0) {
      return;
    }
    if (session.isSubscribed()) {
      session.subscriptions().takeOwn(publication);
    }
    if (bytes < MOST_HELD) { // else it goes on from where it is
      publication.keep(); // what a command came in is overwritten by the next
    }
    if (held == null) {
      held = new ArrayList<>();
    }
    if (held.isEmpty() || !held.get(held.size() - 1).join(publication)) {
      held.add(publication);
    }
    heldBytes += bytes;
    if (heldBytes >= MOST_HELD && !session.transaction().isRunning()) {
      handOver();
    }
  }

  /** The turn has ended, or an EXEC has let go of its plan. */
  void handOver() {
    if (held != null) {
      ArrayList<Publication> all = held;
      held = null;
      heldBytes = 0;
      for (Publication publication : all) {
        publication.handOverAllBut(session.subscriptionsOrNull());
      }
    }
  }
}
