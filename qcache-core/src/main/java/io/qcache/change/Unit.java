package io.qcache.change;

import io.qcache.engine.Change;
import java.util.ArrayList;

/** The changes of one operation, transaction or script so far, in order.  Guarded by the stripes that it holds. */
public final class Unit {
  private final ArrayList<Change> changes = new ArrayList<>(2);

  public void add(Change change) {
    changes.add(change);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  Iterable<Change> changes() {
    return changes;
  }

  void clear() {
    changes.clear();
  }
}
