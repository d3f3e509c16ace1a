package io.qcache.engine;

import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import java.util.ArrayList;

/**
 * Keys whose change makes a transaction void.  A change flags the watch while it holds the key's stripe; who holds the
 * stripes of all watched keys and finds {@link #isTouched} false therefore knows that nothing has changed since
 * {@link #add}.  For one thread, but that any may touch it.
 */
public final class Watch {
  private record Watched(int database, Slice key) {}

  private final Engine engine;
  private final ArrayList<Watched> watched = new ArrayList<>();
  private final boolean ofLoad;
  private volatile boolean touched;

  Watch(Engine engine, boolean ofLoad) {
    this.engine = engine;
    this.ofLoad = ofLoad;
  }

  /** Watches the key from now on. */
  public void add(Database database, Slice key) {
    try (Section section = database.write(key)) {
      section.find(key); // takes away what is due: that it is gone is then no change
      if (section.watch(key, this)) {
        watched.add(new Watched(database.index(), key.kept()));
      }
    }
  }

  /** Gives the value of a string that is there; watches the key from now on where it is missing, and says so. */
  public boolean addIfMissing(Database database, Slice key, Sink out) {
    try (Section section = database.write(key)) {
      int record = section.find(key);
      database.used(section.records(), key, record);
      if (record != Records.NONE) {
        StringOps.give(section.records(), StringOps.requireString(section.records(), record), out);
        return false;
      }
      if (section.watch(key, this)) {
        watched.add(new Watched(database.index(), key.kept()));
      }
      return true;
    }
  }

  /** Sets a key that it watches, and that key alone, unless that has changed; its own change flags it too. */
  public void setUnlessTouched(Database database, Slice key, Slice value, long deadlineMillis) {
    try (Section section = database.write(key, value.length())) {
      section.find(key); // one that is due goes now, and that touches us
      if (!touched) {
        StringOps.set(database, key, value, StringOps.If.ALWAYS, deadlineMillis, null);
      }
    }
  }

  public boolean isEmpty() {
    return watched.isEmpty();
  }

  /** Adds the stripes of all watched keys. */
  public void addTo(Plan plan) {
    watched.forEach(each -> plan.add(each.key));
  }

  /**
   * Whether a watched key has changed, or its time has come.  Under a plan of all their stripes the answer stays true.
   */
  public boolean isTouched() {
    for (int i = 0; i < watched.size() && !touched; i++) {
      Watched each = watched.get(i);
      engine.database(each.database).held(each.key).find(each.key); // one that is due goes now, and that touches us
    }
    return touched;
  }

  /**
   * Whether a change has flagged it: true stays so until {@link #clear}, false may be a moment old.  For any thread.
   */
  public boolean isFlagged() {
    return touched;
  }

  /** Called by the change call, under the stripe of a watched key. */
  public void touch() {
    touched = true;
  }

  /** Called under the stripe of a watched key that was to be deleted and is missing: no change, but the end of a load. */
  public void touchByNothing() {
    if (ofLoad) {
      touched = true;
    }
  }

  /** Watches nothing any more. */
  public void clear() {
    for (Watched each : watched) {
      Stripe stripe = engine.stripe(engine.hash(each.key));
      stripe.acquire();
      try {
        stripe.section(each.database).unwatch(each.key, this);
      } finally {
        stripe.release();
      }
    }
    watched.clear();
    touched = false;
  }
}
