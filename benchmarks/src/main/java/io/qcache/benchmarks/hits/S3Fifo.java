package io.qcache.benchmarks.hits;

/**
 * S3-FIFO as the paper has it (Yang et al.: FIFO queues are all you need for cache eviction, SOSP'23), with the keys
 * themselves as ghosts, as many as the main queue has entries.
 */
final class S3Fifo implements Policy {
  private static final byte ABSENT = 0, SMALL = 1, MAIN = 2;
  private static final int MOST_FREQUENT = 3;
  private final int most;
  private final int mostSmall;
  private final int promote;
  private final IntQueue small;
  private final IntQueue main;
  private final byte[] place; // of a key
  private final byte[] frequency; // of a key
  private final int[] ghostSince; // of a key: the eviction that made it a ghost; 0: it is none
  private final int ghosts;
  private int evictions;

  /**
   * @param small the share of the entries that the small queue has
   * @param promote how often an entry of the small queue must have been hit to get into the main queue
   */
  S3Fifo(int entries, int keys, double small, int promote) {
    most = entries;
    mostSmall = (int) Math.max(1, entries * small);
    ghosts = entries - mostSmall;
    this.promote = promote;
    this.small = new IntQueue(entries + 1);
    main = new IntQueue(entries + 1);
    place = new byte[keys];
    frequency = new byte[keys];
    ghostSince = new int[keys];
  }

  @Override public boolean get(int key) {
    if (place[key] != ABSENT) {
      frequency[key] = (byte) Math.min(frequency[key] + 1, MOST_FREQUENT);
      return true;
    }
    while (resident() >= most) {
      if (small.size() >= mostSmall || main.size() == 0) {
        evictFromSmall();
      } else {
        evictFromMain();
      }
    }
    boolean ghost = ghostSince[key] != 0 && evictions - ghostSince[key] < ghosts;
    ghostSince[key] = 0;
    frequency[key] = 0;
    place[key] = ghost ? MAIN : SMALL;
    (ghost ? main : small).add(key);
    return false;
  }

  private void evictFromSmall() {
    int key = small.remove();
    if (frequency[key] >= promote) {
      frequency[key] = 0;
      place[key] = MAIN;
      main.add(key);
    } else {
      place[key] = ABSENT;
      ghostSince[key] = ++evictions;
    }
  }

  private void evictFromMain() {
    int key = main.remove();
    if (frequency[key] > 0) {
      frequency[key]--;
      main.add(key);
    } else {
      place[key] = ABSENT;
    }
  }

  @Override public int resident() {
    return small.size() + main.size();
  }
}
