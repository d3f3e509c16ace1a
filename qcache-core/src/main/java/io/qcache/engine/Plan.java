package io.qcache.engine;

import io.qcache.NotLoggedException;
import io.qcache.change.Unit;
import io.qcache.keyspace.Stripe;
import io.qcache.waiting.Ready;
import java.util.Arrays;

/**
 * A set of stripes, taken whole before the first change and held until after the last: how an operation on many keys,
 * or a transaction, is one step.  They are taken in the order of their index, each once, so plans never wait in a
 * circle.
 * <pre>
 *   try (Plan held = engine.plan().add(first).add(second).acquire()) {
 *     …
 *   }
 * </pre>
 * Within a plan that this thread holds already (an MSET inside EXEC), a plan of some of its stripes only counts a hold
 * more.  For one thread at a time; a closed plan is empty and can be filled again.
 */
public final class Plan implements AutoCloseable {
  private static final long NOTHING = -1;

  private final Engine engine;
  private final long[] wanted; // a bit a stripe
  private final Unit unit = new Unit();
  private long arriving = NOTHING; // bytes
  private long onAccount; // bytes
  private boolean held;
  private boolean nested;

  Plan(Engine engine) {
    this.engine = engine;
    this.wanted = new long[(engine.stripes() + Long.SIZE - 1) / Long.SIZE];
  }

  public Plan add(Slice key) {
    int stripe = engine.stripe(engine.hash(key)).index();
    wanted[stripe >> 6] |= 1L << stripe;
    return this;
  }

  /** Adds the keys at {@code from}, {@code from + step} and so on. */
  public Plan add(Slices keys, int from, int step) {
    for (int i = from; i < keys.size(); i += step) {
      add(keys.get(i));
    }
    return this;
  }

  /** Adds every stripe. */
  public Plan all() {
    for (int stripe = 0; stripe < engine.stripes(); stripe++) {
      wanted[stripe >> 6] |= 1L << stripe;
    }
    return this;
  }

  /** Says that what is done under it brings so many bytes, for which there must be room. */
  public Plan bringing(long bytes) {
    arriving = Math.max(arriving, 0) + bytes;
    return this;
  }

  /**
   * Takes the stripes.
   *
   * @throws Signal {@link io.qcache.Failure#MEMORY_LIMIT} where there is no room for what it brings; then none is taken
   */
  public Plan acquire() {
    assert !held : "a plan is taken once";
    int first = next(0);
    nested = first >= 0 && engine.stripe(first).isHeld();
    if (first >= 0 && !nested) { // one of nothing may stand within another
      engine.awaitRoom();
      if (arriving != NOTHING) {
        onAccount = engine.memory().admit(arriving);
      }
    }
    int at = first;
    try {
      unit.prepare();
      for (; at >= 0; at = next(at + 1)) {
        take(engine.stripe(at));
      }
    } catch (Throwable failure) {
      giveBack(at); // nobody would close a plan that was not taken
      settle();
      throw failure;
    }
    held = true;
    return this;
  }

  private void take(Stripe stripe) {
    if (nested) {
      stripe.acquire();
    } else {
      stripe.acquire(unit);
    }
  }

  /** Gives back the stripes before {@code end}; all for -1. */
  private void giveBack(int end) {
    for (int i = next(0); i != end; i = next(i + 1)) {
      if (nested) {
        engine.stripe(i).release();
      } else {
        engine.stripe(i).releaseByPlan();
      }
    }
  }

  /**
   * Gives the stripes back, those who wait having been served and the changes made having gone to the queue as one unit.
   */
  @Override public void close() {
    release(true);
  }

  /** The same, but for what is left to do with those who wait, which is returned; null for nothing. */
  Ready giveBack() {
    return release(false);
  }

  private Ready release(boolean concludes) {
    boolean wasHeld = held;
    Ready left = null;
    long sequence = 0;
    held = false;
    arriving = NOTHING;
    if (wasHeld) {
      try {
        left = engine.finish(unit);
        sequence = unit.takeSequence();
      } finally { // whatever fails, out of memory too: no stripe stays locked
        try {
          giveBack(-1);
        } finally {
          settle();
        }
      }
    }
    Arrays.fill(wanted, 0);
    if (wasHeld && !nested) {
      engine.changes().drain();
      engine.memory().makeRoomForSurplus();
    }
    try {
      engine.released(wasHeld && !nested ? sequence : 0, concludes ? left : null);
    } catch (NotLoggedException notTheCallers) {
      if (concludes) {
        throw notTheCallers;
      }
    }
    return left;
  }

  private void settle() {
    engine.memory().settle(onAccount);
    onAccount = 0;
  }

  /** The next stripe wanted from {@code from} on, or -1. */
  private int next(int from) {
    for (int word = from >> 6; word < wanted.length; word++) {
      long left = word == from >> 6 ? wanted[word] & -1L << from : wanted[word];
      if (left != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(left);
      }
    }
    return -1;
  }
}
