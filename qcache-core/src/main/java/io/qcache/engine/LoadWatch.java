package io.qcache.engine;

import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.keyspace.Watcher;

/**
 * A missing key, from the look that found it so until a value that was loaded for it is set or given up.  Any change of the key
 * flags it, and so does a delete that finds nothing.  For one thread at a time; {@link #isFlagged} for any.
 */
public final class LoadWatch implements Watcher {
  private final Database database;
  private final Slice key;
  private boolean watching;
  private volatile boolean touched;

  /** @param key its own from now on */
  public LoadWatch(Database database, Slice key) {
    this.database = database;
    this.key = key;
  }

  /** Gives the value of a string that is there; watches the key from now on where it is missing, and says so. */
  public boolean addIfMissing(Sink out) {
    try (Section section = database.write(key)) {
      int record = section.find(key);
      database.used(section.records(), key, record);
      if (record != Records.NONE) {
        StringOps.give(section.records(), StringOps.requireString(section.records(), record), out);
        return false;
      }
      watching = section.watch(key, this);
      return true;
    }
  }

  /**
   * Sets the key unless it has changed, which is a change that flags it too, has {@code then} run, and watches it no more; all
   * in one hold of the key's stripe.
   */
  public void setUnlessTouched(Slice value, long deadlineMillis, Runnable then) {
    try (Section section = database.write(key, value.length())) {
      section.find(key); // one that is due goes now, and that touches us
      if (!touched) {
        StringOps.set(database, key, value, StringOps.If.ALWAYS, deadlineMillis, null);
      }
      then.run();
      unwatch(section);
    }
  }

  /** Whether a change has flagged it: true stays so, false may be a moment old. */
  public boolean isFlagged() {
    return touched;
  }

  @Override public void touch() {
    touched = true;
  }

  @Override public void touchByNothing() {
    touched = true;
  }

  /** Watches the key no more. */
  public void end() {
    if (watching) {
      Stripe stripe = database.stripe(key); // by no write, which might wait
      stripe.acquire();
      try {
        unwatch(stripe.section(database.index()));
      } finally {
        stripe.release();
      }
    }
  }

  private void unwatch(Section section) {
    section.unwatch(key, this);
    watching = false;
  }
}
