package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.keyspace.Pin;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Stripe;

/**
 * Questions about one key, each answered without a lock if no writer comes between, and otherwise under the read lock:
 * <pre>
 *   stamp ─► look, copy into the sink ─► validate ── yes ─► the answer counts
 *                                            └───── no ──► rewind the sink, a few times at most, then take the lock
 * </pre>
 * What is read without the lock may be nonsense, so it may also throw; that counts only if the stamp is valid, when it
 * is a defect.  (Boehm: Can seqlocks get along with programming language memory models?, 2012.)
 */
enum Read {
  /** Gives the value, or missing. */
  VALUE,
  /** Answers the length of the value, 0 where it is missing. */
  LENGTH,
  /** Answers the ordinal of the type, {@link #NO_TYPE} where it is missing. */
  TYPE,
  /** Answers the deadline, {@link Deadline#MISSING} where it is missing. */
  DEADLINE;

  static final int NO_TYPE = 127;
  private static final int TRIES = 4;

  /** The answer; {@code out} is for {@link #VALUE} alone. */
  long of(Database db, Slice key, Sink out) {
    long answer = ask(db, key, out);
    db.lookedUp(key, answer != Records.MISSING);
    if (answer == Records.MISSING) {
      return missing(out);
    }
    if (answer == Records.WRONG_TYPE) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    return answer;
  }

  /** The ordinal of the type, uncounted and untold. */
  static int typeByTheWay(Database db, Slice key) {
    long answer = TYPE.ask(db, key, null);
    return answer == Records.MISSING ? NO_TYPE : (int) answer;
  }

  private long ask(Database db, Slice key, Sink out) {
    boolean counted = db.countsUses();
    Stripe stripe = db.stripe(key);
    long mark = out == null ? 0 : out.mark();
    for (int tries = 0; tries < TRIES; tries++) {
      long stamp = stripe.tryRead();
      if (stamp == 0) {
        break;
      }
      long answer;
      try {
        answer = look(stripe.recordsOrNull(db.index()), key, out, counted);
      } catch (RuntimeException nonsense) {
        if (stripe.validate(stamp)) {
          throw nonsense;
        }
        answer = Records.IS_LARGE; // or anything else that takes the lock
      }
      if (answer != Records.IS_LARGE && stripe.validate(stamp)) {
        return answer;
      }
      if (out != null) {
        out.rewind(mark);
      }
    }
    return locked(stripe, db.index(), key, out, counted);
  }

  private long locked(Stripe stripe, int database, Slice key, Sink out, boolean counted) {
    Pin pin;
    long stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(database);
      pin = this == VALUE ? pinOrNull(records, key, counted) : null;
      if (pin == null) {
        return look(records, key, out, counted);
      }
    } finally {
      stripe.endRead(stamp);
    }
    int length = pin.length();
    out.produce(pin); // a large value is copied without the lock, now or bit by bit
    return length;
  }

  private static Pin pinOrNull(Records records, Slice key, boolean counted) {
    int record = records == null ? Records.NONE : records.peek(key);
    boolean large = record != Records.NONE && records.isLarge(record) && records.type(record) == ValueType.STRING;
    if (large && counted) {
      records.touch(key, record);
    }
    return large ? records.pin(record) : null;
  }

  private long look(Records records, Slice key, Sink out, boolean counted) {
    if (records == null) {
      return Records.MISSING;
    }
    if (this == VALUE) {
      return records.read(key, ValueType.STRING, out, counted);
    }
    int record = records.peek(key);
    if (record == Records.NONE) {
      return Records.MISSING;
    }
    if (this == TYPE) {
      return records.type(record).ordinal();
    }
    if (this == DEADLINE) {
      return records.deadline(record);
    }
    if (counted) {
      records.touch(key, record);
    }
    return records.type(record) == ValueType.STRING ? records.length(record) : Records.WRONG_TYPE;
  }

  private long missing(Sink out) {
    return switch (this) {
      case VALUE -> {
        out.missing();
        yield 0;
      }
      case LENGTH -> 0;
      case TYPE -> NO_TYPE;
      case DEADLINE -> Deadline.MISSING;
    };
  }
}
