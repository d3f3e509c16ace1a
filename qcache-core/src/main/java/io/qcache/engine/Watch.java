package io.qcache.engine;

import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.keyspace.Watcher;
import java.util.ArrayList;

/**
 * Keys whose change makes a transaction void.  A change flags the watch while it holds the key's stripe; who holds the
 * stripes of all watched keys and finds {@link #isTouched} false therefore knows that nothing has changed since
 * {@link #add}.  For one thread, but that any may touch it.
 */
public final class Watch implements Watcher {
  private record Watched(int database, Slice key) {}

  private final Engine engine;
  private final ArrayList<Watched> watched = new ArrayList<>();
  private volatile boolean touched;

  Watch(Engine engine) {
    this.engine = engine;
  }

  /** Watches the key from now on. */
  public void add(Database database, Slice key) {
    try (Section section = database.write(key)) {
      section.find(key); // takes away what is due: that it is gone is then no change
      Slice kept = key.kept();
      if (section.watch(kept, this)) {
        watched.add(new Watched(database.index(), kept));
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

  @Override public void touch() {
    touched = true;
  }

  /** No change, so the transaction is not void. */
  @Override public void touchByNothing() {}

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
