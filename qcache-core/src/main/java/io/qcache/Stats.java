package io.qcache;

/**
 * What a cache has done and holds, over all its databases and for all who use it, through either door.  The figures are
 * read one after the other while others work, so they may be a moment apart.
 *
 * <p>Counts begin when the cache is opened; those of a server begin again at zero with its {@code CONFIG RESETSTAT}.
 *
 * @param hits        keys that reads looked up and found: each key of a get, of a get of many, of exists, touch, type or
 *                    time to live counts, whatever came of it; writes that look at what they change do not
 * @param misses      keys that reads looked up and did not find
 * @param evictions   keys dropped because the bound on memory left no room for them
 * @param expirations keys taken away because their deadline had come
 * @param entries     keys there are, those included whose deadline has come but which have not been taken away yet
 * @param usedBytes   bytes held now for keys and values, with the tables and the free room that belong to them
 * @param maxBytes    the bound on {@code usedBytes}; 0 on a Redis server that has none
 */
public record Stats(
    long hits, long misses, long evictions, long expirations, long entries, long usedBytes, long maxBytes) {
  /** The share of the keys looked up that were found, from 0 to 1; 0 where none was looked up. */
  public double hitRatio() {
    return hits == 0 ? 0 : (double) hits / (hits + misses);
  }
}
