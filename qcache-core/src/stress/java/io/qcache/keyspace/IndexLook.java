package io.qcache.keyspace;

import java.util.ArrayList;
import java.util.List;

/** What an index of few entries, all of one fingerprint, has in its slots when all is quiet. */
final class IndexLook {
  private final List<Integer> positions = new ArrayList<>();
  private int frequency;

  IndexLook(Index index, int fingerprint) {
    for (long slot : index.table(fingerprint).slots) {
      if (slot != 0) {
        positions.add(Index.position(slot));
        frequency += Index.frequency(slot);
      }
    }
  }

  String positions() {
    return positions.toString();
  }

  /** The uses that were counted, of all entries together. */
  int frequency() {
    return frequency;
  }
}
