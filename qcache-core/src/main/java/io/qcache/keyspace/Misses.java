package io.qcache.keyspace;

import io.qcache.engine.Slice;
import java.util.Arrays;

/**
 * The memory that the lookups of several keys are about to want, read for all of them a step at a time, so that the
 * processor waits for a step's cache misses together.
 * <pre>
 *   add      of each: its hash, its table
 *   take     slots ······            where each probe begins
 *            starts of records ······   whatever slot of the probe has the fingerprint: it is the first one for no more than
 *            their ends ······          three keys in four, and a record touched in vain is two misses
 * </pre>
 * A processor that waits looks no more than some hundreds of instructions ahead: a loop that misses does nothing else.
 *
 * <p>Without any lock, and perhaps while others write: what is read is dropped, and may be anything.  For one thread.
 */
public final class Misses {
  private static final byte[] NO_PAGE = {};

  private final RecordLog[] logs;
  private final long[][] tables;
  private final int[] homes;
  private final int[] fingerprints;
  private final byte[][] pages;
  private final int[] offsets;
  private int count;
  private long seen; // of everything something, so that no read can be left out

  /** Of that many keys at most. */
  public Misses(int most) {
    logs = new RecordLog[most];
    tables = new long[most][];
    homes = new int[most];
    fingerprints = new int[most];
    pages = new byte[most][];
    offsets = new int[most];
  }

  /** Adds a key of those records, whose bytes are not needed any more; there must be room for it. */
  public void add(Records records, Slice key) {
    records.add(this, key);
  }

  void add(RecordLog log, Index.Table table, int fingerprint) {
    logs[count] = log;
    tables[count] = table.slots;
    homes[count] = table.home(fingerprint);
    fingerprints[count++] = fingerprint;
  }

  /** Takes the misses of all, and forgets them. */
  public void take() {
    for (int i = 0; i < count; i++) {
      seen += tables[i][homes[i]];
    }
    for (int i = 0; i < count; i++) {
      int record = Index.positionAhead(tables[i], homes[i], fingerprints[i]);
      byte[] page = logs[i].page(record);
      int at = RecordLog.offset(record);
      boolean isThere = page != null && at <= page.length - Integer.BYTES;
      pages[i] = isThere ? page : NO_PAGE;
      offsets[i] = isThere ? at : 0;
    }
    for (int i = 0; i < count; i++) {
      seen += pages[i].length == 0 ? 0 : pages[i][offsets[i]];
    }
    for (int i = 0; i < count; i++) {
      seen += pages[i].length == 0 ? 0 : RecordLayout.endAhead(pages[i], offsets[i]);
    }
    Arrays.fill(logs, 0, count, null);
    Arrays.fill(tables, 0, count, null);
    Arrays.fill(pages, 0, count, null);
    count = 0;
  }
}
