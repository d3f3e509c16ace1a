package io.qcache;

import java.util.List;

/**
 * One page of a scan.
 *
 * @param cursor where the next page begins, below 2^53; {@link #START} again after the last
 * @param keys   the keys met, or the fields or members within a key, perhaps none even if there are more pages; immutable
 */
public record ScanPage<K>(long cursor, List<K> keys) {
  /** The cursor of the first page. */
  public static final long START = 0;

  public boolean isLast() {
    return cursor == START;
  }
}
