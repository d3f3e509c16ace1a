package io.qcache.engine;

import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;

/** One of the engine's databases, by its index, as somebody sees it.  Thread-safe; holds nothing itself. */
public final class Database {
  private final Engine engine;
  private final int index;
  private final boolean touches;

  Database(Engine engine, int index) {
    this(engine, index, true);
  }

  private Database(Engine engine, int index, boolean touches) {
    this.engine = engine;
    this.index = index;
    this.touches = touches;
  }

  /** The same, but reading by it keeps no key from being evicted, or counts as ever. */
  public Database touching(boolean counts) {
    return new Database(engine, index, counts);
  }

  /** Whether reads by it are counted as uses, by which somebody evicts. */
  boolean countsUses() {
    return touches && engine.countsUses();
  }

  /** A key was looked up for a reader, who may hold stripes. */
  void lookedUp(Slice key, boolean found) {
    engine.lookedUp(found);
    if (!found && engine.changes().areMissesWanted()) {
      engine.missed(index, key);
    }
  }

  /** A key was looked up by a question about it, which is no read: nobody is told of a miss. */
  void lookedUpQuietly(boolean found) {
    engine.lookedUp(found);
  }

  /** Keys were looked up for a reader, and nobody wants to know of misses. */
  void lookedUp(int found, int missing) {
    engine.lookedUp(found, missing);
  }

  /** A key was used by a reader; under its stripe. */
  void used(Records records, Slice key, int record) {
    lookedUp(key, record != Records.NONE);
    if (record != Records.NONE && countsUses()) {
      records.touch(key, record);
    }
  }

  public Engine engine() {
    return engine;
  }

  public int index() {
    return index;
  }

  Stripe stripe(Slice key) {
    return engine.stripe(engine.hash(key));
  }

  /**
   * The section of the key, its stripe held until it is closed, for a write that brings {@code arriving} bytes.
   *
   * @throws Signal {@link io.qcache.Failure#MEMORY_LIMIT} where there is no room for them
   */
  Section write(Slice key, long arriving) {
    if (stripe(key).isHeld()) { // a plan has been let in as a whole
      return write(key);
    }
    long onAccount = engine.memory().admit(arriving + key.length());
    try {
      Section section = write(key);
      if (onAccount != 0) { // a write would take the line from other cores
        section.admitted(onAccount);
      }
      return section;
    } catch (Throwable failed) {
      engine.memory().settle(onAccount);
      throw failed;
    }
  }

  /** The section of the key, its stripe held until it is closed, for a write that brings nothing. */
  Section write(Slice key) {
    Stripe stripe = stripe(key);
    if (!stripe.isHeld()) { // who holds a plan waits for nobody: the listener may want to read what it holds
      engine.awaitRoom();
    }
    stripe.acquire();
    try {
      stripe.unit().prepare();
      return stripe.section(index);
    } catch (Throwable failed) { // nobody would close what was not made
      stripe.release();
      throw failed;
    }
  }

  /** The section of the key where the plan at hand has its stripe. */
  Section held(Slice key) {
    Stripe stripe = stripe(key);
    assert stripe.isHeld() : "stripe " + stripe.index() + " is not of the plan";
    return stripe.section(index);
  }
}
