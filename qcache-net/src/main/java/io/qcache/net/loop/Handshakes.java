package io.qcache.net.loop;

import java.util.LinkedHashSet;

/**
 * The connections of a loop whose transports are still opening, the oldest first, at most so many: for another one the
 * oldest that waits for its peer is closed, since an honest peer does not take long.  Those for which this side is at
 * work are not: else a flood would have every handshake given up just before its end.  Event loop only.
 */
final class Handshakes {
  private final LinkedHashSet<Connection> all = new LinkedHashSet<>();

  /** Takes one more; false, with nothing done, where there is no room to be made. */
  boolean add(Connection connection, int most) {
    if (all.size() >= most) {
      Connection oldest = oldestWaiting();
      if (oldest == null) {
        return false;
      }
      oldest.giveUpOpening();
    }
    return all.add(connection);
  }

  private Connection oldestWaiting() {
    for (Connection each : all) {
      if (!each.isWorking()) {
        return each;
      }
    }
    return null;
  }

  /** It is open, or gone. */
  void remove(Connection connection) {
    if (!all.isEmpty()) {
      all.remove(connection);
    }
  }

  int size() {
    return all.size();
  }
}
