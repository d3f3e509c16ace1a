package io.qcache.keyspace;

import io.qcache.change.Unit;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Waiter;
import io.qcache.waiting.Ready;
import java.util.List;
import java.util.function.Consumer;

/**
 * The keys, of all databases, whose hash begins with the stripe's bits, under one lock.
 *
 * <p>Writers hold it from {@link #acquire} to {@link #release}, which nest: an operation inside a transaction finds its
 * stripe held by the plan and leaves it held.  The outermost release appends the changes made to the queue, then
 * unlocks. A thread holds one stripe, or those of one plan; more would be a deadlock one day, so under {@code
 * qcache.checks} taking one more, be it to read, is an AssertionError.
 */
public final class Stripe {
  private static final boolean CHECKS = Boolean.getBoolean("qcache.checks");
  // a stripe, or the unit of a plan; only under checks
  private static final ThreadLocal<Object> HELD = new ThreadLocal<>();

  private final Engine engine;
  private final int index;
  private final OwnedLock.Apart lock = new OwnedLock.Apart();
  private Records first; // of database 0, where nearly all keys are: readers save two steps
  private final Section[] sections; // by database, null until first used; guarded by the lock
  private final Unit own = new Unit();
  private Unit unit = own; // where changes are noted; guarded by the lock
  private int holdsMore; // than the outermost; guarded by the lock
  private Section used; // by the last hold; guarded by the lock
  private boolean usedMany; // not that one alone; guarded by the lock
  private boolean deadlinesChanged; // guarded by the lock
  private boolean orderChanged; // guarded by the lock
  private volatile long nextMillis = Deadline.NONE;
  private volatile Ages ages = Ages.NONE;

  public Stripe(Engine engine, int index, int databases) {
    this.engine = engine;
    this.index = index;
    this.sections = new Section[databases];
  }

  public Engine engine() {
    return engine;
  }

  public int index() {
    return index;
  }

  /** Takes the stripe for writing, or counts one hold more where this thread has it. */
  public void acquire() {
    if (isHeld()) {
      holdsMore++;
    } else {
      requireFreeFor(this);
      lock.acquire();
    }
  }

  /** Gives it back; with the last hold those who wait are served, the changes go to the queue and the stripe to others. */
  public void release() {
    if (holdsMore > 0) {
      holdsMore--;
      return;
    }
    Ready left = null;
    long sequence = 0;
    try {
      left = engine.finish(own);
      sequence = own.takeSequence();
    } finally { // whatever fails, out of memory too: the stripe does not stay locked
      if (CHECKS) {
        HELD.remove();
      }
      unlock();
    }
    engine.changes().drain();
    engine.released(sequence, left);
  }

  /** Takes it for a plan, whose unit notes the changes. */
  public void acquire(Unit ofPlan) {
    requireFreeFor(ofPlan);
    lock.acquire();
    unit = ofPlan;
  }

  /** Gives it back by the plan, which has appended the changes. */
  public void releaseByPlan() {
    if (CHECKS) {
      HELD.remove();
    }
    unit = own;
    unlock();
  }

  private void requireFreeFor(Object holder) {
    if (!CHECKS) {
      return;
    }
    Object held = HELD.get();
    if (held != null && held != holder) {
      throw new AssertionError("this thread holds " + (held instanceof Stripe ? "a stripe" : "a plan without this one")
          + " and wants stripe " + index);
    }
    HELD.set(holder);
  }

  public boolean isHeld() {
    return lock.isHeld();
  }

  /** Whether the hold is within another one of this thread, or within a plan.  For who holds it. */
  boolean isNested() {
    return holdsMore > 0;
  }

  private void finish() {
    if (usedMany) {
      usedMany = false;
      for (Section section : sections) {
        if (section != null) {
          section.finish();
        }
      }
    } else if (used != null) {
      used.finish();
    }
  }

  private void unlock() {
    try {
      finish();
      if (deadlinesChanged) {
        publishDeadline();
      }
      if (orderChanged) {
        orderChanged = false;
        ages = new Ages(sections);
        engine.evictor().agesChanged();
      }
    } finally {
      lock.release();
    }
  }

  /** A stamp for reading without the lock, to be validated; 0 where that cannot be, as a writer has it. */
  public long tryRead() {
    requireReadable();
    return lock.tryRead();
  }

  /** Whether nobody has had the stripe for writing since {@link #tryRead} gave the stamp. */
  public boolean validate(long stamp) {
    return lock.validate(stamp);
  }

  /** Takes it for reading; gives the stamp for {@link #endRead}, 0 where this thread has it for writing. */
  public long beginRead() {
    requireReadable();
    return isHeld() ? 0 : lock.acquireRead();
  }

  private void requireReadable() {
    if (CHECKS && !isHeld() && HELD.get() != null) {
      throw new AssertionError("this thread holds another stripe or a plan and would wait to read stripe " + index);
    }
  }

  public void endRead(long stamp) {
    if (stamp != 0) {
      lock.unlockRead(stamp);
    }
  }

  /** The part of a database that is here, or null where it was never used.  For readers and writers. */
  public Section sectionOrNull(int database) {
    return sections[database];
  }

  /** The records of a database that are here, or null where it was never used.  A reader without the lock takes them once. */
  public Records recordsOrNull(int database) {
    if (database == 0) {
      return first;
    }
    Section section = sections[database];
    return section == null ? null : section.records();
  }

  /** Those are the records of the database from now on. */
  void records(int database, Records records) {
    if (database == 0) {
      first = records;
    }
  }

  /** The part of a database that is here.  For writers. */
  public Section section(int database) {
    Section section = sections[database];
    if (section == null) {
      section = new Section(this, database);
      sections[database] = section;
      records(database, section.records());
    }
    if (used != section) {
      usedMany = used != null;
      used = section;
    }
    return section;
  }

  public Unit unit() {
    return unit;
  }

  void countChange() {
    lock.changes++;
  }

  /** How many changes there were here, of keys and of all keys of a database. */
  public long changes() {
    long stamp = beginRead();
    try {
      return lock.changes;
    } finally {
      endRead(stamp);
    }
  }

  /** The earliest deadline of all that is here; without a lock. */
  public long nextMillis() {
    return nextMillis;
  }

  /** Deletes what is due, after handling at most {@code most} hints in this hold; whether there may be more. */
  public boolean expire(long nowMillis, int most) {
    boolean more = false;
    acquire();
    try {
      for (int i = 0; i < sections.length; i++) {
        if (sections[i] != null) {
          more |= section(i).expire(nowMillis, most);
        }
      }
    } finally {
      release();
    }
    return more;
  }

  /** Cleans one page of each section even if only a little of it is dead; whether there was one. */
  public boolean squeeze() {
    boolean cleaned = false;
    acquire();
    try {
      for (int i = 0; i < sections.length; i++) {
        cleaned |= sections[i] != null && section(i).squeeze();
      }
    } finally {
      release();
    }
    return cleaned;
  }

  /** Freezes all that is here and adds it to the list.  Under a plan of all stripes. */
  public void freeze(List<FrozenSection> into) {
    for (int i = 0; i < sections.length; i++) {
      if (sections[i] != null) {
        into.add(new FrozenSection(this, i, sections[i].records()));
      }
    }
  }

  /** Shows everybody who waits for a key here; for who holds it. */
  public void forEachWaiter(Consumer<Waiter> visitor) {
    for (Section section : sections) {
      if (section != null) {
        section.forEachWaiter(visitor);
      }
    }
  }

  // Eviction

  /** How old its oldest pages are; without a lock. */
  public Ages ages() {
    return ages;
  }

  /**
   * Walks on in the page that the choice ranks first, over at most so many living records; whether that was its end, or
   * there is none.
   */
  public boolean walk(PageChoice choice, int most, Fate fate) {
    acquire();
    try {
      Chosen chosen = chosen(choice);
      return chosen == null || section(chosen.section.database()).walk(chosen.page, most, fate);
    } finally {
      release();
    }
  }

  /** Lets the choice look for a page; whether there is one. */
  public boolean choose(PageChoice choice) {
    long stamp = beginRead();
    try {
      return chosen(choice) != null;
    } finally {
      endRead(stamp);
    }
  }

  private record Chosen(Section section, int page) {}

  private Chosen chosen(PageChoice choice) {
    Chosen best = null;
    long rank = 0;
    for (Section section : sections) {
      int page = section == null ? RecordLog.NO_PAGE : choice.of(section.log());
      if (page == RecordLog.NO_PAGE) {
        continue;
      }
      long its = choice.rank(section.log(), page);
      if (best == null || its < rank) {
        best = new Chosen(section, page);
        rank = its;
      }
    }
    if (best != null) {
      choice.chosen(best.section.log(), best.page);
    }
    return best;
  }

  void orderChanged() {
    orderChanged = true;
  }

  void deadlinesChanged() {
    deadlinesChanged = true;
  }

  private void publishDeadline() { // under the lock
    deadlinesChanged = false;
    long next = Deadline.NONE;
    for (Section section : sections) {
      next = section == null ? next : Math.min(next, section.nextMillis());
    }
    if (next != nextMillis) {
      nextMillis = next;
      engine.deadlineAt(next);
    }
  }
}
