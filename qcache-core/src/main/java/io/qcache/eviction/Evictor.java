package io.qcache.eviction;

import io.qcache.EvictionPolicy;
import io.qcache.engine.Engine;
import io.qcache.engine.Memory;
import io.qcache.keyspace.Admission;
import io.qcache.keyspace.Ages;
import io.qcache.keyspace.Fate;
import io.qcache.keyspace.PageChoice;
import io.qcache.keyspace.Stripe;
import java.util.random.RandomGenerator;

/**
 * Makes room, a page at a time, by the policy.  Thread-safe; called by a thread that holds no stripe, and takes them one
 * by one.
 *
 * <p>The first round over all that may be dropped keeps what was used; a second one drops whatever it finds, so making
 * room fails only where nothing is left that may be dropped.
 */
public final class Evictor {
  private static final int PAGES_AT_ONCE = 16; // that a small write walks for a bound that was lowered
  private static final int WALKED_AT_ONCE = 512; // records a hold
  private static final int STRIPES_SAMPLED = 4;
  private static final int LEAST_WALKED = 512; // bytes that a walk counts for, so that walks of nothing come to an end

  private final Engine engine;
  private final Memory memory;
  private final Stripe[] stripes;
  private final Queues queues;
  private volatile EvictionPolicy policy;
  private volatile boolean lowered; // the bound, and not made up for yet

  public Evictor(Engine engine, Memory memory, Stripe[] stripes, EvictionPolicy policy) {
    this.engine = engine;
    this.memory = memory;
    this.stripes = stripes;
    this.policy = policy;
    this.queues = new Queues(memory, stripes, engine.pageBytes(), policy);
  }

  public Admission admission() {
    return queues;
  }

  public EvictionPolicy policy() {
    return policy;
  }

  /** Sets the policy from now on. */
  public void policy(EvictionPolicy now) {
    policy = now;
    queues.policy(now);
  }

  /** Called under a stripe whose oldest pages are others now. */
  public void agesChanged() {
    queues.agesChanged();
  }

  /** Whether anything is ever dropped. */
  public boolean evicts() {
    return policy != EvictionPolicy.NOEVICTION;
  }

  /**
   * Drops what the policy says until {@code more} bytes fit, of a write that brings {@code arriving}; whether they do.
   * Who brings little does not pay for a bound that was lowered by much: when it has freed more than it brings it goes
   * on, and upkeep does the rest.
   */
  public boolean makeRoom(long more, long arriving) {
    long usedBefore = memory.usedBytes();
    long round = memory.heldBytes(policy.isVolatileOnly() ? Memory.VOLATILE : 0);
    long walked = 0;
    for (int pages = 0; !memory.hasRoom(more); pages++) {
      if (lowered && pages >= PAGES_AT_ONCE && arriving < engine.pageBytes() && usedBefore - memory.usedBytes() > arriving) {
        engine.wakeUpkeep();
        return true;
      }
      long bytes = evicts() ? walk(walked > round) : 0;
      if (bytes == 0 || walked > 4 * round + engine.pageBytes()) { // others fill as fast as we drop
        return false;
      }
      walked += Math.max(bytes, LEAST_WALKED);
    }
    lowered = false;
    return true;
  }

  /** The bound was lowered below what is held. */
  public void lowered() {
    lowered = true;
    engine.wakeUpkeep();
  }

  /** A part of the work that a lowered bound has left; whether there is more. */
  public boolean goOn() {
    if (!evicts() || memory.hasRoom(0)) {
      lowered = false;
      return false;
    }
    long walked = 0;
    long round = memory.heldBytes(0);
    for (int pages = 0; pages < PAGES_AT_ONCE && !memory.hasRoom(0); pages++) {
      long bytes = walk(walked > round);
      if (bytes == 0) {
        return false;
      }
      walked += bytes;
    }
    return !memory.hasRoom(0);
  }

  /** Walks one page; its living bytes before, or 0 where there is none. */
  private long walk(boolean dropsAll) {
    return switch (policy) {
      case NOEVICTION -> 0;
      case ALLKEYS_LRU, ALLKEYS_LFU, VOLATILE_LRU, VOLATILE_LFU -> queues.walk(dropsAll);
      case ALLKEYS_RANDOM, VOLATILE_RANDOM ->
          walk(some(), new PageChoice.Any(engine.random(), policy.isVolatileOnly()), new Drop());
      case VOLATILE_TTL -> walkNearest(dropsAll);
    };
  }

  private long walk(Stripe stripe, PageChoice choice, Drop drop) {
    if (stripe == null) {
      return 0;
    }
    stripe.walk(choice, WALKED_AT_ONCE, drop); // not to the end: the next one may be of another page
    return Math.max(1, drop.bytes);
  }

  private long walkNearest(boolean dropsAll) {
    Stripe nearest = null;
    long mean = Long.MAX_VALUE;
    for (int tries = 0; tries < STRIPES_SAMPLED; tries++) {
      Stripe stripe = some();
      PageChoice.Nearest choice = new PageChoice.Nearest(engine.random());
      if (stripe != null && stripe.choose(choice) && choice.meanMillis() < mean) {
        nearest = stripe;
        mean = choice.meanMillis();
      }
    }
    PageChoice.Nearest choice = new PageChoice.Nearest(engine.random());
    return walk(nearest, choice, new Drop() {
      @Override boolean drops(long deadlineMillis) {
        return dropsAll || deadlineMillis <= choice.meanMillis();
      }
    });
  }

  /** Any stripe that has pages of which the policy may drop something, or null. */
  private Stripe some() {
    RandomGenerator random = engine.random();
    int first = random.nextInt(stripes.length);
    for (int i = 0; i < stripes.length; i++) {
      Stripe stripe = stripes[first + i & stripes.length - 1];
      Ages ages = stripe.ages();
      boolean only = policy.isVolatileOnly();
      if (ages.born(false, only) != Ages.NEVER || ages.born(true, only) != Ages.NEVER) {
        return stripe;
      }
    }
    return null;
  }

  /** Drops what it meets. */
  private static class Drop implements Fate {
    private long bytes;

    boolean drops(long deadlineMillis) {
      return true;
    }

    @Override public int of(boolean main, int frequency, long born, long size, long deadlineMillis) {
      bytes += size;
      return drops(deadlineMillis) ? DROPPED : frequency + (main ? MAIN : 0);
    }
  }
}
