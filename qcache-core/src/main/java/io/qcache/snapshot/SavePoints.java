package io.qcache.snapshot;

/**
 * When a snapshot is taken by itself: after so many seconds, if so many changes have been made since the last.
 *
 * @param pairs seconds and changes in turn
 */
public record SavePoints(long... pairs) {
  public static final SavePoints NONE = new SavePoints();

  public boolean areAny() {
    return pairs.length > 0;
  }

  /** Whether one of them says so. */
  boolean isDue(long changes, long millis) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (changes >= pairs[i + 1] && millis > pairs[i] * 1_000) {
        return true;
      }
    }
    return false;
  }
}
