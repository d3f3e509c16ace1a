package io.qcache.engine;

import io.qcache.ClosedException;
import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.waiting.Place;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Somebody who waits for what a key will hold: what BLPOP and the like are made of, in both doors.
 *
 * <p>{@link #start} takes of the first key that has something, unless others wait for that; else the waiter gets a place in the
 * line of each of its keys, under all their stripes.  From then on it ends once, and whoever ends it does so by one
 * compare-and-set:
 * <pre>
 *              ┌─► SERVED      by who changes a key, before that one gives the stripe back: ended first, then taken for it
 *   waiting ───┼─► TIMED_OUT   by its own clock, or somebody else's wish
 *              ├─► UNBLOCKED   by somebody else's wish
 *              ├─► GONE        nobody is there any more who could be told
 *              └─► CLOSED      with the engine
 * </pre>
 * So nothing is taken for one that is gone, and nobody is served twice, though the stripe of the key that serves it is all that
 * the server holds: its places in other lines are passed over from then on, and given up by {@link #leave}.
 *
 * <p>One that moves what it takes to another key is served by who holds that key's stripe too.  Who has only pushed gives
 * back what it holds, takes both, and serves then, before it does anything else; who waits behind waits meanwhile.
 */
public abstract class Waiter {
  /** How a wait has ended. */
  public enum End {
    SERVED, TIMED_OUT, UNBLOCKED, GONE, CLOSED
  }

  /** What a waiter finds at a key. */
  public enum Look {
    /** No such key. */
    NOTHING,
    OTHER_TYPE,
    /** Something, but what else it needs is not held. */
    ELSEWHERE,
    THERE
  }

  private static final AtomicReferenceFieldUpdater<Waiter, End> END =
      AtomicReferenceFieldUpdater.newUpdater(Waiter.class, End.class, "end");
  private static final Place[] NOWHERE = {};
  private static final int PLACE_BYTES = 200; // with its line, beside the key

  private final Database db;
  private final ValueType type;
  private volatile End end; // null while it waits
  private Slice key; // of one that has a target; null before it waits
  private Slice target; // where it moves what it takes to; null for none
  private Place[] places = NOWHERE;
  private long bytes;
  private Throwable failure;
  private Waiter servedNext; // by the same hold; of who has served it

  /**
   * One who waits for a value of that type.
   *
   * @param target the key to which it moves what it takes, null for none; read until {@link #start} returns
   */
  protected Waiter(Database db, ValueType type, Slice target) {
    this.db = db;
    this.type = type;
    this.target = target;
  }

  // For its owner

  /**
   * Takes of the first of the keys from {@code from} to before {@code to} that is there, or waits for that.  Its slices are not
   * kept.
   *
   * @param waits false: where there is nothing it does not wait, and does not mind who does; its thread may hold the stripes
   * @return whether something was taken
   * @throws Signal for a key of another type, or where there is no room
   */
  public final boolean start(Slices keys, int from, int to, boolean waits) {
    try (Plan held = plan(keys, from, to).acquire()) {
      for (int i = from; i < to; i++) {
        if (isThere(keys.get(i), waits)) {
          end = End.SERVED;
          take(keys.get(i));
          return true;
        }
      }
      if (waits) {
        line(keys, from, to);
      }
      return false;
    }
  }

  private Plan plan(Slices keys, int from, int to) {
    Plan plan = db.engine().plan();
    for (int i = from; i < to; i++) {
      plan.add(keys.get(i));
    }
    return target == null ? plan : plan.add(target).bringing(target.length());
  }

  private boolean isThere(Slice wanted, boolean minds) {
    Section section = db.held(wanted);
    int record = section.find(wanted);
    if (record == Records.NONE) {
      return false;
    }
    if (section.records().type(record) != type) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    return !minds || !section.isAwaited(wanted, type);
  }

  private void line(Slices keys, int from, int to) {
    if (db.engine().isClosed()) { // asked under the stripes: who closes looks at them after that
      throw new ClosedException("the cache is closed");
    }
    if (target != null) {
      target = target.kept();
      key = keys.get(from).kept();
    }
    ArrayList<Place> taken = new ArrayList<>(to - from);
    waits();
    for (int i = from; i < to; i++) {
      Place place = db.held(keys.get(i)).line(keys.get(i), this);
      if (place != null) {
        bytes += keys.get(i).length() + PLACE_BYTES;
        taken.add(place);
      }
    }
    places = taken.toArray(NOWHERE);
  }

  /** Ends it, if it still waits; whether this call did. */
  public final boolean end(End how) {
    return END.compareAndSet(this, null, how);
  }

  public final boolean isWaiting() {
    return end == null;
  }

  /** How it ended; null while it waits. */
  public final End how() {
    return end;
  }

  /** What became of being served: a Signal, an error, or null where it was right. */
  public final Throwable failure() {
    return failure;
  }

  /** Gives up the places that it has.  To be called when it has ended, under no stripe. */
  public final void leave() {
    for (Place place : places) {
      place.leaveAlone();
    }
    places = NOWHERE;
  }

  /** What its places hold, in bytes, about; of who has been started by this thread. */
  public final long bytes() {
    return bytes;
  }

  /** It is about to get its places, under the stripes of all its keys: from now on others may serve it. */
  protected void waits() {}

  /**
   * Takes of the key, and moves that to the target where it has one.  Called once, under the stripes of both, by whatever
   * thread it is that serves it.
   */
  protected abstract void take(Slice key);

  /** It was served, or has ended with the engine; by the thread that did it, under no stripe.  Throws nothing. */
  protected abstract void ended();

  // For who serves it

  public final ValueType type() {
    return type;
  }

  /** What there is for it at the key, whose stripe is held. */
  public final Look look(Slice at) {
    Section section = db.held(at);
    int record = section.find(at);
    if (record == Records.NONE) {
      return Look.NOTHING;
    }
    if (section.records().type(record) != type) {
      return Look.OTHER_TYPE;
    }
    return target != null && !db.stripe(target).isHeld() ? Look.ELSEWHERE : Look.THERE;
  }

  /** Serves it, if it still waits; whether it did, and it is to be told. */
  public final boolean serve(Slice at) {
    if (!end(End.SERVED)) {
      return false;
    }
    try {
      take(at);
    } catch (Throwable failed) { // its own: who pushed has done nothing wrong
      failure = failed;
    }
    return true;
  }

  /** Ends it with a failure, if it still waits; whether that is so, and it is to be told. */
  public final boolean fail(Throwable why) {
    if (!end(End.SERVED)) {
      return false;
    }
    failure = why;
    return true;
  }

  /** Who is to be told behind it; null for nobody. */
  public final Waiter servedNext() {
    return servedNext;
  }

  public final void servedNext(Waiter next) {
    servedNext = next;
  }

  /** Tells its owner. */
  public final void tell() {
    try {
      ended();
    } catch (Throwable thrown) {
      db.engine().log().log(Level.ERROR, "one who waited could not be told", thrown);
    }
  }

  /** Lets it be served by this thread, which holds nothing, as if its key had just changed. */
  final Plan elsewhere() {
    Plan plan = db.engine().plan().add(key).add(target).acquire();
    try {
      db.held(key).awaitedHasChanged(key);
    } catch (Throwable failed) { // nobody would close it
      plan.giveBack();
      throw failed;
    }
    return plan;
  }
}
