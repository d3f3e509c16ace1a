package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Stripe;
import java.util.Arrays;

/**
 * The strings of many keys at one instant, without a lock if no writer comes between: the stamps of all their stripes are
 * taken before the first look and validated after the last, so nobody sees half of what another wrote as one.
 * <pre>
 *   stamp, stamp, stamp ─► look, look, look … into the sink ─► validate all ── yes ─► the answers count
 *                                                                   └───── no ──► rewind, once more, then take the plan
 * </pre>
 * See {@link Read} for what is read without a lock.
 */
final class ReadMany {
  private static final int TRIES = 2;
  private static final long NOT_TAKEN = 0; // no stamp is 0

  private final Database db;
  private final Slices keys;
  private final int from;
  private final Sink out;
  private final long[] stamps; // by stripe
  private final boolean counted;
  private int found;

  private ReadMany(Database db, Slices keys, int from, Sink out) {
    this.db = db;
    this.keys = keys;
    this.from = from;
    this.out = out;
    this.stamps = new long[db.engine().stripes()];
    this.counted = db.countsUses();
  }

  /** Gives the value of each key from {@code from} on, or missing where it is missing or no string. */
  static void of(Database db, Slices keys, int from, Sink out) {
    boolean isHeld = from < keys.size() && db.stripe(keys.get(from)).isHeld();
    if (isHeld || db.engine().changes().areMissesWanted() || !new ReadMany(db, keys, from, out).optimistically()) {
      underPlan(db, keys, from, out);
    }
  }

  private boolean optimistically() {
    long mark = out.mark();
    for (int tries = 0; tries < TRIES; tries++) {
      if (!stamp()) {
        return false;
      }
      boolean all;
      try {
        all = look();
      } catch (RuntimeException nonsense) {
        if (isValid()) {
          throw nonsense;
        }
        all = true; // or anything that is not counted, for the stamps are not valid
      }
      if (all && isValid()) {
        db.lookedUp(found, keys.size() - from - found);
        return true;
      }
      out.rewind(mark);
      if (!all) {
        return false;
      }
    }
    return false;
  }

  /** Takes the stamps of all stripes; false where a writer has one and keeps it. */
  private boolean stamp() {
    Arrays.fill(stamps, NOT_TAKEN);
    for (int i = from; i < keys.size(); i++) {
      Stripe stripe = db.stripe(keys.get(i));
      if (stamps[stripe.index()] == NOT_TAKEN) {
        stamps[stripe.index()] = stripe.tryRead();
        if (stamps[stripe.index()] == NOT_TAKEN) {
          return false;
        }
      }
    }
    return true;
  }

  /** Gives all values; false where one is large, which takes the lock. */
  private boolean look() {
    found = 0;
    for (int i = from; i < keys.size(); i++) {
      Slice key = keys.get(i);
      Records records = db.stripe(key).recordsOrNull(db.index());
      long length = records == null ? Records.MISSING : records.read(key, ValueType.STRING, out, counted);
      if (length == Records.IS_LARGE) {
        return false;
      }
      found += length == Records.MISSING ? 0 : 1;
      if (length < 0) {
        out.missing();
      }
    }
    return true;
  }

  private boolean isValid() {
    for (int i = 0; i < stamps.length; i++) {
      if (stamps[i] != NOT_TAKEN && !db.engine().stripe(i).validate(stamps[i])) {
        return false;
      }
    }
    return true;
  }

  private static void underPlan(Database db, Slices keys, int from, Sink out) {
    try (Plan held = db.engine().plan().add(keys, from, 1).acquire()) {
      for (int i = from; i < keys.size(); i++) {
        Records records = db.held(keys.get(i)).records();
        int record = records.peek(keys.get(i));
        db.used(records, keys.get(i), record);
        StringOps.give(records, record == Records.NONE || records.type(record) != ValueType.STRING ? Records.NONE : record, out);
      }
    }
  }
}
