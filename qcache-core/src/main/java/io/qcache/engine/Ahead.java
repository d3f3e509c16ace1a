package io.qcache.engine;

import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;

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
  private final Records[] records = new Records[MOST];
  private final int[] fingerprints = new int[MOST];
  private final long[] slots = new long[MOST];
  private int count;
  private int seen; // of every record a byte, so that no read can be left out

  public Ahead() {
    for (int i = 0; i < MOST; i++) {
      keys[i] = new Slice();
    }
  }

  /** Whether the database is so large that touching pays, by one of its stripes. */
  public static boolean isWorthwhile(Database db) {
    Section section = db.engine().stripe(0).sectionOrNull(db.index());
    return section != null && section.records().size() >= LEAST_RECORDS / db.engine().stripes();
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
    int found = 0;
    for (int i = 0; i < count; i++) {
      Section section = databases[i].stripe(keys[i]).sectionOrNull(databases[i].index());
      if (section != null) {
        records[found] = section.records();
        fingerprints[found] = records[found].fingerprintAhead(keys[i]);
        found++;
      }
    }
    for (int i = 0; i < found; i++) { // apart, for a hash takes so long that the processor would not look beyond the next
      slots[i] = records[i].slotAhead(fingerprints[i]);
    }
    for (int i = 0; i < found; i++) {
      seen += records[i].byteAhead(slots[i]);
    }
    for (int i = 0; i < found; i++) {
      seen += records[i].endAhead(slots[i]);
      records[i] = null;
    }
    count = 0;
  }
}
