package io.qcache.engine;

import io.qcache.keyspace.Misses;
import io.qcache.keyspace.Records;

/**
 * The keys of commands that are about to run.  They are touched where their slots and records lie, so that the processor
 * waits for all those cache misses together and not for one after the other.
 * <pre>
 *   alone      hash, slot miss······, record miss······, run │ hash, slot miss······, record miss······, run │ …
 *   ahead      hashes, slot misses ······, misses of records' starts ······, and of their ends ······, run │ run │ …
 * </pre>
 * It decides nothing: what it reads, without a lock and perhaps while others write, is dropped.  For one thread.
 */
public final class Ahead {
  private static final int MOST = 32;
  private static final int LEAST_RECORDS = 1 << 15; // of a database: fewer are in the processor's caches anyway

  private final Slice[] keys = new Slice[MOST];
  private final Database[] databases = new Database[MOST];
  private final Misses misses = new Misses(MOST);
  private int count;

  public Ahead() {
    for (int i = 0; i < MOST; i++) {
      keys[i] = new Slice();
    }
  }

  /** Whether the database is so large that touching pays, by one of its stripes. */
  public static boolean isWorthwhile(Database db) {
    Records records = db.engine().stripe(0).recordsOrNull(db.index());
    return records != null && records.size() >= LEAST_RECORDS / db.engine().stripes();
  }

  public boolean isFull() {
    return count == MOST;
  }

  /** Adds a key of that database, whose bytes are read until it has been touched; there must be room for it. */
  public void add(Database db, byte[] array, int offset, int length) {
    databases[count] = db;
    keys[count++].wrap(array, offset, length);
  }

  /** Touches all of them, and forgets them. */
  public void touch() {
    for (int i = 0; i < count; i++) {
      Records records = databases[i].stripe(keys[i]).recordsOrNull(databases[i].index());
      if (records != null) {
        misses.add(records, keys[i]);
      }
    }
    misses.take();
    count = 0;
  }
}
