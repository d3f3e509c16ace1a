package io.qcache.change;

import io.qcache.engine.Change;
import io.qcache.log.Effects;
import java.util.ArrayList;

/** What one operation, transaction or script has done so far, in order.  Guarded by the stripes that it holds. */
public final class Unit {
  private final ArrayList<Change> changes = new ArrayList<>(2); // for those who listen
  private final Effects effects = new Effects(); // for the log

  public void add(Change change) {
    changes.add(change);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** What the log will have. */
  public Effects effects() {
    return effects;
  }

  Iterable<Change> changes() {
    return changes;
  }

  void clear() {
    changes.clear();
  }
}
