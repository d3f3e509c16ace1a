package io.qcache.net.session;

import io.qcache.engine.Engine;
import io.qcache.net.command.Row;
import java.util.LinkedHashSet;

/**
 * CLIENT PAUSE: until its end commands wait, either those that may change something or all.  Nothing expires and nothing is
 * evicted meanwhile, but for what a write through the Java door needs.  Thread-safe.
 *
 * <p>Sessions whose next command waits get their turns when the pause ends, in the order in which they came to wait.
 */
public final class Pause {
  /** Which commands wait; the later, the more. */
  public enum Kind {
    NONE, WRITES, ALL
  }

  private final Engine engine;
  private final LinkedHashSet<Session> held = new LinkedHashSet<>(); // guarded by this, as the next
  private long endMillis;
  private volatile Kind kind = Kind.NONE;

  Pause(Engine engine) {
    this.engine = engine;
  }

  /** Pauses until then, in milliseconds of the engine's clock; what pauses already is neither shortened nor weakened. */
  public synchronized void begin(Kind what, long untilMillis) {
    endIfDue();
    endMillis = kind == Kind.NONE ? untilMillis : Math.max(endMillis, untilMillis);
    kind = kind.compareTo(what) > 0 ? kind : what;
    engine.rest(this, endMillis);
  }

  /** Ends it, if there is one. */
  public synchronized void end() {
    if (kind == Kind.NONE) {
      return;
    }
    kind = Kind.NONE;
    engine.rest(this, Engine.NO_REST);
    for (Session session : held) {
      session.peer().wake();
    }
    held.clear();
  }

  private void endIfDue() {
    if (kind != Kind.NONE && endMillis <= engine.nowMillis()) {
      end();
    }
  }

  /** Whether there may be one: all that a command pays for it. */
  boolean isOn() {
    return kind != Kind.NONE;
  }

  /** Whether the session has to wait with that command; then it will have a turn when that may be over. */
  synchronized boolean holds(Session session, Row row) {
    endIfDue();
    if (kind == Kind.NONE || kind == Kind.WRITES && !session.transaction().mayWrite(row)) {
      return false;
    }
    held.add(session); // where it is already it keeps its place
    session.peer().wakeIn(endMillis - engine.nowMillis());
    return true;
  }

  /** The session has gone. */
  synchronized void forget(Session session) {
    held.remove(session);
  }
}
