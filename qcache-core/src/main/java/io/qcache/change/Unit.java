package io.qcache.change;

import io.qcache.engine.Change;
import io.qcache.log.Effects;
import io.qcache.waiting.Ready;
import java.util.ArrayList;

/** What one operation, transaction or script has done so far, in order.  Guarded by the stripes that it holds. */
public final class Unit {
  private final ArrayList<Change> changes = new ArrayList<>(2); // for those who listen
  private final Effects effects = new Effects(); // for the log
  private long sequence; // that the log has given it, until it is taken
  private Ready ready; // those who wait for what has changed; null while there are none

  public void add(Change change) {
    changes.add(change);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Where to put the lines of those who wait for a key that has changed. */
  public Ready ready() {
    if (ready == null) {
      ready = new Ready();
    }
    return ready;
  }

  /** The same, null where there are none. */
  public Ready readyOrNull() {
    return ready;
  }

  /** Those who wait have been served. */
  public void forgetReady() {
    ready = null;
  }

  /** What the log will have. */
  public Effects effects() {
    return effects;
  }

  public void sequence(long ofLog) {
    sequence = ofLog;
  }

  /** The number that the log has given it, for {@code Engine.released}; 0 for none. */
  public long takeSequence() {
    long taken = sequence;
    if (taken != 0) { // else most writes would take the line from other cores
      sequence = 0;
    }
    return taken;
  }

  Iterable<Change> changes() {
    return changes;
  }

  void clear() {
    changes.clear();
  }
}
