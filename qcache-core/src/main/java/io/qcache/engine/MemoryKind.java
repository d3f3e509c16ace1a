package io.qcache.engine;

/** What the memory of an engine is held for; together they are all that {@link Memory} counts. */
public enum MemoryKind {
  /** Pages of records, with what is dead in them. */
  PAGES,
  /** Values that are too long for a page, in chunks. */
  LARGE_VALUES,
  /** Tables that lead from keys to records. */
  INDEX,
  /** Hints of what is due when. */
  DEADLINES,
  /** Fingerprints of keys that were evicted. */
  GHOSTS
}
