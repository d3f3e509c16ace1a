package io.qcache.change;

import io.qcache.engine.Change;
import io.qcache.keyspace.Allocation;
import io.qcache.log.Effects;
import io.qcache.waiting.Ready;
import java.util.ArrayList;

/** What one operation, transaction or script has done so far, in order.  Guarded by the stripes that it holds. */
public final class Unit {
  private final ArrayList<Change> changes = new ArrayList<>(2); // for those who listen
  private final Effects effects = new Effects(); // for the log
  private long sequence; // that the log has given it, until it is taken
  private Ready ready = new Ready(); // those who wait for what has changed; null until it is needed again

  public void add(Change change) {
    changes.add(change);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * Makes what a change needs so that those who wait for it are looked at; to be called before the change, which cannot fail by
   * that any more.
   */
  public void prepare() {
    if (ready == null) {
      Allocation.comes();
      ready = new Ready();
    }
  }

  /** Where to put the lines of those who wait for a key that has changed. */
  public Ready ready() {
    prepare();
    return ready;
  }

  /** The same, null where it is not made and so nobody is to be looked at. */
  public Ready readyOrNull() {
    return ready;
  }

  /** It is somebody else's from now on: who tells those that were served. */
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
