package io.qcache.keyspace;

import io.qcache.engine.Deadline;
import java.util.random.RandomGenerator;

/** Which page of a stripe is walked next.  For one walk; called under the stripe. */
public interface PageChoice {
  /** A page of the section, or 0 for none. */
  int of(RecordLog log);

  /** Of the pages of several sections the one of the lowest rank is chosen. */
  long rank(RecordLog log, int page);

  /** The page was chosen. */
  default void chosen(RecordLog log, int page) {}

  /** The oldest page of a queue. */
  record Oldest(boolean main, boolean volatileOnly) implements PageChoice {
    @Override public int of(RecordLog log) {
      return log.oldest(main, volatileOnly);
    }

    @Override public long rank(RecordLog log, int page) {
      return log.born(page);
    }
  }

  /** Any page. */
  record Any(RandomGenerator random, boolean volatileOnly) implements PageChoice {
    @Override public int of(RecordLog log) {
      return log.any(random, volatileOnly);
    }

    @Override public long rank(RecordLog log, int page) {
      return random.nextLong();
    }
  }

  /** Of some pages the one whose deadlines are nearest, by the mean of a sample. */
  final class Nearest implements PageChoice {
    private static final int PAGES = 5;

    private final RandomGenerator random;
    private long meanMillis;

    public Nearest(RandomGenerator random) {
      this.random = random;
    }

    /** The mean deadline in the page that was chosen. */
    public long meanMillis() {
      return meanMillis;
    }

    @Override public int of(RecordLog log) {
      int nearest = RecordLog.NO_PAGE;
      for (int tries = 0; tries < PAGES; tries++) {
        int page = log.any(random, true);
        if (page == RecordLog.NO_PAGE) {
          return page;
        }
        nearest = nearest == RecordLog.NO_PAGE || rank(log, page) < rank(log, nearest) ? page : nearest;
      }
      return nearest;
    }

    @Override public long rank(RecordLog log, int page) {
      return log.meanDeadline(page);
    }

    @Override public void chosen(RecordLog log, int page) {
      meanMillis = log.meanDeadline(page);
    }
  }
}
