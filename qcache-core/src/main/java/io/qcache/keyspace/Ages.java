package io.qcache.keyspace;

/** When the oldest pages of a stripe were opened, by the clock of {@link Admission}.  Immutable. */
public final class Ages {
  /** Of a queue without pages; when a page gets its last record that may still get one. */
  public static final long NEVER = Long.MAX_VALUE;

  static final Ages NONE = new Ages(new Section[0]);

  private final long[] born = {NEVER, NEVER, NEVER, NEVER};
  private final long[] sealed = {NEVER, NEVER, NEVER, NEVER};

  /** Of the sections, of which some are null; under the stripe. */
  Ages(Section[] sections) {
    for (Section section : sections) {
      for (int queue = 0; section != null && queue < born.length; queue++) {
        RecordLog log = section.log();
        int page = log.oldest((queue & 1) != 0, (queue & 2) != 0);
        if (page != RecordLog.NO_PAGE && log.born(page) < born[queue]) {
          born[queue] = log.born(page);
          sealed[queue] = log.sealed(page);
        }
      }
    }
  }

  /** When the oldest page of the main queue or of the small one, perhaps of those with deadlines alone, was opened. */
  public long born(boolean main, boolean volatileOnly) {
    return born[queue(main, volatileOnly)];
  }

  /** When that page got its last record. */
  public long sealed(boolean main, boolean volatileOnly) {
    return sealed[queue(main, volatileOnly)];
  }

  private static int queue(boolean main, boolean volatileOnly) {
    return (main ? 1 : 0) | (volatileOnly ? 2 : 0);
  }
}
