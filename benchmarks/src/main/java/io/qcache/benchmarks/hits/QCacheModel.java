package io.qcache.benchmarks.hits;

import java.util.ArrayDeque;

/**
 * QCache's eviction with nothing but keys: what the engine's pages do, so that the two can be compared.
 *
 * <p>As in S3-FIFO (Yang et al., SOSP'23) new records go into a small queue of pages, those seen again into the main
 * one; walking the oldest page is eviction.  Added is what LIRS (Jiang and Zhang, SIGMETRICS'02) measures: a record
 * gets into main only if it came back <em>sooner than main's oldest page is old</em>.
 * <pre>
 *   new ──► small ── walked: seen again, sooner than main is old ──► main ── walked: frequency > 0 ──┐
 *             ▲ │                                                     ▲ ▲                            │
 *             │ └─ else dropped, and remembered by the ghosts         │ └──── frequency - 1 ─────────┘
 *             │                                                       │
 *   a ghost ──┴── else               sooner than main is old ─────────┘        frequency 0: dropped
 * </pre>
 * Main is walked only for what wants in, {@code walk} records for each.  In a loop that is longer than the cache main's
 * records are hit between two walks and stay, round after round, where a plain queue would hit nothing; with noise in
 * the loop it is their age that keeps main closed.  If the load changes, walks find what nobody asks for, and the
 * older main's pages get the more is let in.
 *
 * <p>The small queue's share moves to where a place in it is worth as much as one in main.  Were small twice as long,
 * it would hit what now comes back as a ghost within twice its length: so many hits for so many places in that time.
 * Main would not miss the places that its walks find without a hit since they last came by, and misses the others the
 * less the longer a walk of it takes.
 *
 * <p>Time is counted in records put into pages of new ones, a page at a time.  For one thread.
 */
final class QCacheModel implements Policy {
  private static final byte ABSENT = 0, SMALL = 1, MAIN = 2;
  private static final int MOST_FREQUENT = 3;
  private static final double WORTH = 1 / 8.0; // of a place in main: hits while main is walked once
  private static final double PACE = 1 / 8.0; // places that small gains for each hit more than that
  private static final double OLDEST = 64; // main counts as no older than so many times small's length
  private static final double SMOOTH = 64; // the freed share is that of the last 64th of the entries

  /** Records of a queue of a stripe, in the order in which they came.  Unsealed while it is the last of its queue. */
  private static final class Page {
    final int[] keys;
    int count;
    final long born;
    long sealed = Long.MAX_VALUE; // when the last record went in

    Page(int capacity, long now) {
      keys = new int[capacity];
      born = now;
    }
  }

  private final int most;
  private final int pageRecords;
  private final double leastSmall;
  private final double mostSmall;
  private final double walk;
  private final Queue small;
  private final Queue main;
  private final GhostTable ghosts;
  private final int tickRecords; // a tick of the ghosts' clock
  private final byte[] place; // of a key
  private final byte[] frequency; // of a key
  private long now;
  private double smallShare; // of the entries, which main leaves to small
  private int near; // ghosts that came back within twice small's length since small was last walked
  private double walkable; // records of main that may be walked
  private double freed; // the share of main's places that walks have lately found without a hit
  private boolean filling = true;

  /** The pages of all stripes that are small, or main. */
  private final class Queue {
    private final byte where;
    private final ArrayDeque<Page>[] stripes;
    private int records;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Queue(byte where, int count) {
      this.where = where;
      stripes = new ArrayDeque[count];
      for (int i = 0; i < count; i++) {
        stripes[i] = new ArrayDeque<>();
      }
    }

    void append(int key, boolean fresh) {
      ArrayDeque<Page> pages = stripes[(int) ((Hash.of(key) & 0xffff) * stripes.length >>> 16)];
      Page last = pages.peekLast();
      if (last == null || last.count == pageRecords) {
        if (fresh) {
          now += pageRecords;
        }
        last = new Page(pageRecords, now);
        pages.add(last);
      }
      last.keys[last.count++] = key;
      if (last.count == pageRecords) {
        last.sealed = now;
      }
      place[key] = where;
      records++;
    }

    /** The pages of the stripe whose oldest page is the oldest of all; null if there is none. */
    ArrayDeque<Page> oldest() {
      ArrayDeque<Page> oldest = null;
      for (ArrayDeque<Page> pages : stripes) {
        if (!pages.isEmpty() && (oldest == null || pages.peekFirst().born < oldest.peekFirst().born)) {
          oldest = pages;
        }
      }
      return oldest;
    }

    Page remove() {
      Page page = oldest().removeFirst();
      records -= page.count;
      return page;
    }
  }

  /**
   * Options: {@code pages}, how many the cache has (0: a page a record), {@code stripes}, {@code small}, the least
   * share of the entries that main leaves to the small queue, {@code large}, the largest, {@code ghosts} an entry, and
   * {@code walk}, how many records of main may be walked for each that wants in.
   */
  QCacheModel(Spec spec, int entries, int keys) {
    most = entries;
    int pages = spec.whole("pages", 64, 0, 1 << 20);
    pageRecords = pages == 0 ? 1 : Math.max(1, entries / pages);
    int stripes = spec.whole("stripes", 1, 1, 256);
    leastSmall = Math.max(1, entries * spec.real("small", 1 / 16.0, 0, 1));
    mostSmall = Math.max(leastSmall, entries * spec.real("large", 0.5, 0, 1));
    smallShare = leastSmall;
    walk = spec.real("walk", 2, 0, 100);
    small = new Queue(SMALL, stripes);
    main = new Queue(MAIN, stripes);
    ghosts = new GhostTable((int) (entries * spec.real("ghosts", 1.25, 0, 16)));
    tickRecords = Math.max(1, entries / 128);
    place = new byte[keys];
    frequency = new byte[keys];
  }

  @Override public boolean get(int key) {
    if (place[key] != ABSENT) {
      frequency[key] = (byte) Math.min(frequency[key] + 1, MOST_FREQUENT);
      return true;
    }
    frequency[key] = 0;
    (filling && hasRoom() || cameBack(key) ? main : small).append(key, true);
    while (resident() > most) {
      filling = false;
      evict();
    }
    return false;
  }

  private boolean cameBack(int key) {
    int ticks = ghosts.take(Hash.of(~key), now / tickRecords);
    if (filling || ticks == GhostTable.NEVER) {
      return false;
    }
    long ago = (long) ticks * tickRecords;
    if (ago < 2 * Math.max(smallShare, most - main.records)) {
      near++;
    }
    return admits(ago);
  }

  /** Whether main takes a record that came back after so long, and has room for it. */
  private boolean admits(long ago) {
    if (ago >= mainAge()) {
      return false;
    }
    walkable = Math.min(walkable + walk, 2 * Math.max(pageRecords, walk));
    return hasRoom();
  }

  /** How long main's oldest page has been left alone: nothing in it with a frequency of 0 was seen in that time. */
  private long mainAge() {
    ArrayDeque<Page> oldest = main.oldest();
    return oldest == null ? Long.MAX_VALUE : Math.max(0, now - oldest.peekFirst().sealed);
  }

  private boolean hasRoom() {
    return main.records < mostMain();
  }

  private int mostMain() {
    return most - (int) smallShare;
  }

  /** Walks a page of main where that was earned and main has not a page of room, else one of small. */
  private void evict() {
    ArrayDeque<Page> oldest = main.oldest();
    boolean earned = oldest != null && main.records + pageRecords > mostMain()
        && walkable >= oldest.peekFirst().count;
    if (earned || small.records == 0 || main.records >= mostMain() + 2 * pageRecords) {
      walkMain();
    } else {
      walkSmall();
    }
  }

  private void walkMain() {
    Page page = main.remove();
    walkable = Math.max(0, walkable - page.count);
    int dropped = 0;
    for (int i = 0; i < page.count; i++) {
      int key = page.keys[i];
      if (frequency[key] > 0) {
        frequency[key]--;
        main.append(key, false);
      } else {
        place[key] = ABSENT;
        dropped++;
      }
    }
    freed += Math.min(1, SMOOTH * page.count / most) * ((double) dropped / page.count - freed);
  }

  private void walkSmall() {
    Page page = small.remove();
    share(page.count);
    for (int i = 0; i < page.count; i++) {
      int key = page.keys[i];
      if (frequency[key] > 0) {
        boolean admitted = admits(now - page.born);
        frequency[key] = (byte) (admitted ? 0 : frequency[key] - 1);
        (admitted ? main : small).append(key, false);
      } else {
        place[key] = ABSENT;
        ghosts.add(Hash.of(~key), page.born / tickRecords, now / tickRecords);
      }
    }
  }

  /** Small grows by what it would hit were it longer, and shrinks by what those places bring in main. */
  private void share(int walked) {
    double gained = freed * near * Math.min(OLDEST, mainAge() / smallShare);
    smallShare = Math.max(leastSmall, Math.min(mostSmall, smallShare + PACE * (gained - WORTH * walked)));
    near = 0;
  }

  @Override public int resident() {
    return small.records + main.records;
  }
}
