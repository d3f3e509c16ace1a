package io.qcache.eviction;

import io.qcache.EvictionPolicy;
import io.qcache.engine.Memory;
import io.qcache.keyspace.Admission;
import io.qcache.keyspace.Ages;
import io.qcache.keyspace.Fate;
import io.qcache.keyspace.PageChoice;
import io.qcache.keyspace.Stripe;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The policy that serves LRU and LFU: S3-FIFO (Yang et al., SOSP'23) on pages, and what LIRS (Jiang and Zhang,
 * SIGMETRICS'02) measures: a record gets into the main queue only if it came back <em>sooner than main's oldest page is
 * old</em>.
 * <pre>
 *   new ──► small ── walked: used again, sooner than main is old ──► main ── walked: frequency > 0 ──┐
 *             ▲ │                                                     ▲ ▲                            │
 *             │ └─ else dropped, and remembered by the ghosts         │ └──── frequency - 1 ─────────┘
 *             │                                                       │
 *   a ghost ──┴── else               sooner than main is old ─────────┘        frequency 0: dropped
 * </pre>
 * In a loop that is longer than the cache everything comes back as late as what main holds: nothing gets in, and what is
 * in main is hit in every round, where a plain queue would hit nothing.  If the load changes, main's pages get old, what
 * comes back sooner gets in, and main's oldest page is walked to make room: two bytes for each one that wants in, so
 * that a burst does not flush main.
 *
 * <p>Small's share moves to where a place in it is worth as much as one in main.  Were small twice as long, it would hit
 * what now comes back as a ghost within twice its length: so many hits for so many places in that time.  Main would not
 * miss the places that its walks find unused, and misses the others the less the longer a walk of it takes.
 *
 * <p>Thread-safe.  The credits and shares are read and written without a lock: an update that is lost costs a little
 * accuracy, and nothing else depends on them.
 */
final class Queues implements Admission {
  private static final double LEAST_SMALL = 1 / 16.0;
  private static final double MOST_SMALL = 1 / 2.0;
  private static final double WORTH = 1 / 8.0; // of a byte in main: hits while main is walked once
  private static final double PACE = 1 / 8.0; // bytes that small gains for each byte hit more than that
  private static final double OLDEST = 64; // main counts as no older than so many times small's length
  private static final double SMOOTH = 64; // the freed share is that of the last 64th of all
  private static final int WALKED_AT_ONCE = 512; // records a hold, some 0.1 ms
  private static final long NO_MAIN = Long.MIN_VALUE;

  private final Memory memory;
  private final Stripe[] stripes;
  private final int pageBytes;
  private final AtomicLong clock = new AtomicLong();
  private volatile EvictionPolicy policy;
  private volatile boolean filling = true; // nothing was evicted yet
  private volatile long mainSealed = NO_MAIN; // when the oldest page of main got its last record
  private double smallShare = LEAST_SMALL; // of the room for pages, which main leaves to small
  private double walkable; // bytes of main that may be walked
  private double freed; // the share of main's bytes that walks have lately found unused
  private double near; // bytes of ghosts that came back within twice small's length since small was last walked

  Queues(Memory memory, Stripe[] stripes, int pageBytes, EvictionPolicy policy) {
    this.memory = memory;
    this.stripes = stripes;
    this.pageBytes = pageBytes;
    this.policy = policy;
  }

  void policy(EvictionPolicy now) {
    policy = now;
    agesChanged();
  }

  // What sections ask

  @Override public long opened(long bytes) {
    return clock.addAndGet(bytes);
  }

  @Override public long now() {
    return clock.get();
  }

  @Override public long tickBytes() {
    return Math.max(1, Long.highestOneBit(memory.maxBytes() / 128));
  }

  @Override public boolean counts() {
    return policy.countsUses();
  }

  @Override public boolean takesNew() {
    if (!filling && memory.usedBytes() < memory.maxBytes() / 2) { // it was emptied
      filling = true;
    }
    return filling && mainHasRoom();
  }

  @Override public boolean takesBack(long ago, long bytes) {
    if (filling) {
      return false;
    }
    if (ago < 2 * Math.max(smallShare * room(), room() - main())) {
      near += bytes;
    }
    return admits(ago, bytes);
  }

  @Override public boolean isHuge(long bytes) {
    return bytes > smallShare * room() / 2;
  }

  /** Whether main takes what came back after so long, and has room for it. */
  private boolean admits(long ago, long bytes) {
    if (ago >= mainAge()) {
      return false;
    }
    walkable = Math.min(walkable + 2 * bytes, 2 * Math.max(pageBytes, bytes));
    return mainHasRoom();
  }

  /** How long main's oldest page has been left alone: nothing in it with a frequency of 0 was used in that time. */
  private long mainAge() {
    long sealed = mainSealed;
    return sealed == NO_MAIN ? Long.MAX_VALUE : Math.max(0, now() - sealed);
  }

  private boolean mainHasRoom() {
    return main() < mostMain();
  }

  private long mostMain() {
    return (long) (room() * (1 - smallShare));
  }

  private long main() {
    return memory.heldBytes(Memory.MAIN | volatileBit());
  }

  /** The bytes that the pages of both queues may have: the bound without all else. */
  private long room() {
    return Math.max(1, memory.maxBytes() - memory.usedBytes() + memory.heldBytes(volatileBit()));
  }

  private int volatileBit() {
    return policy.isVolatileOnly() ? Memory.VOLATILE : 0;
  }

  /** Some stripe's oldest pages are others now. */
  void agesChanged() {
    boolean volatileOnly = policy.isVolatileOnly();
    Stripe oldest = oldest(true, volatileOnly);
    mainSealed = oldest == null ? NO_MAIN : oldest.ages().sealed(true, volatileOnly);
  }

  private Stripe oldest(boolean main, boolean volatileOnly) {
    Stripe oldest = null;
    long born = Ages.NEVER;
    for (Stripe stripe : stripes) {
      if (stripe != null && stripe.ages().born(main, volatileOnly) < born) { // null: the engine is being opened
        oldest = stripe;
        born = stripe.ages().born(main, volatileOnly);
      }
    }
    return oldest;
  }

  // Walking

  /** Walks a page, dropping all of it where that is said; its living bytes before, or 0 where there is no page. */
  long walk(boolean dropsAll) {
    filling = false;
    boolean volatileOnly = policy.isVolatileOnly();
    Stripe small = oldest(false, volatileOnly);
    Stripe main = oldest(true, volatileOnly);
    boolean earned = main() + pageBytes > mostMain() && walkable >= pageBytes;
    long intoMain = isHuge(memory.onAccount()) ? memory.onAccount() : 0;
    boolean tooMuch = main() + intoMain >= mostMain() + 2L * pageBytes;
    boolean walksMain = main != null && (earned || tooMuch || small == null);
    Stripe stripe = walksMain ? main : small;
    if (stripe == null) {
      return 0;
    }
    if (!walksMain) {
      share();
    }
    Walk walk = new Walk(dropsAll);
    PageChoice choice = new PageChoice.Oldest(walksMain, volatileOnly);
    boolean done = false;
    while (!done) {
      done = stripe.walk(choice, WALKED_AT_ONCE, walk);
    }
    if (walksMain) {
      walkable = Math.max(0, walkable - walk.bytes);
      freed += Math.min(1, SMOOTH * walk.bytes / room()) * (walk.dropped / Math.max(1.0, walk.bytes) - freed);
    }
    return Math.max(1, walk.bytes);
  }

  /** Small grows by what it would hit were it longer, and shrinks by what that room brings in main. */
  private void share() {
    double room = room();
    double gained = freed * near * Math.min(OLDEST, mainAge() / (smallShare * room));
    smallShare = Math.max(LEAST_SMALL, Math.min(MOST_SMALL, smallShare + PACE * (gained - WORTH * pageBytes) / room));
    near = 0;
  }

  /** A walk over one page. */
  private final class Walk implements Fate {
    private final boolean dropsAll;
    private long bytes;
    private long dropped; // bytes

    Walk(boolean dropsAll) {
      this.dropsAll = dropsAll;
    }

    @Override public int of(boolean main, int frequency, long born, long size, long deadlineMillis) {
      bytes += size;
      if (frequency == 0 || dropsAll) {
        dropped += size;
        return DROPPED;
      }
      if (main) {
        return MAIN + frequency - 1;
      }
      return admits(now() - born, size) ? MAIN : frequency - 1;
    }

    @Override public boolean remembers() {
      return true;
    }
  }
}
