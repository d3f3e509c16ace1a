package io.qcache.engine;

import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;

/** One of the engine's databases, by its index.  Thread-safe; holds nothing itself. */
public final class Database {
  private final Engine engine;
  private final int index;

  Database(Engine engine, int index) {
    this.engine = engine;
    this.index = index;
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
    Stripe stripe = stripe(key);
    if (!stripe.isHeld()) { // a plan has been let in as a whole
      engine.memory().admit(arriving + key.length());
    }
    return write(key);
  }

  /** The section of the key, its stripe held until it is closed, for a write that brings nothing. */
  Section write(Slice key) {
    Stripe stripe = stripe(key);
    if (!stripe.isHeld()) { // who holds a plan waits for nobody: the listener may want to read what it holds
      engine.awaitRoom();
    }
    stripe.acquire();
    return stripe.section(index);
  }

  /** The section of the key where the plan at hand has its stripe. */
  Section held(Slice key) {
    Stripe stripe = stripe(key);
    assert stripe.isHeld() : "stripe " + stripe.index() + " is not of the plan";
    return stripe.section(index);
  }
}
