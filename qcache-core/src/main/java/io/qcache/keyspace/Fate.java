package io.qcache.keyspace;

/** What a policy lets become of the records of a page that is walked.  Called under the stripe; one for each walk. */
public interface Fate {
  /** The record is dropped. */
  int DROPPED = -1;
  /** Added to a frequency: the record goes into the main queue, or stays there. */
  int MAIN = 4;

  /**
   * DROPPED, or the frequency that the record has from now on, plus {@link #MAIN} or not.
   *
   * @param main           whether the page is of the main queue
   * @param frequency      how often the record was used lately, 0 to 3
   * @param born           when its page was opened
   * @param bytes          what it takes, with its large value
   * @param deadlineMillis its deadline, or {@link io.qcache.engine.Deadline#NONE}
   */
  int of(boolean main, int frequency, long born, long bytes, long deadlineMillis);

  /** Whether what is dropped from the small queue is remembered by ghosts. */
  default boolean remembers() {
    return false;
  }

  static boolean isMain(int given) {
    return (given & MAIN) != 0;
  }

  static int frequency(int given) {
    return given & MAIN - 1;
  }
}
