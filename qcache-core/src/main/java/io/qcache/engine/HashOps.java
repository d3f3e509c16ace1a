package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.collection.FieldDeadline;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.types.ExtendedFloat;
import java.util.Arrays;

/**
 * The operations of hashes.  Static and thread-safe; each is atomic, alone or within a plan that this thread holds.  They read
 * their slices and keep nothing of them, and throw a {@link Signal} with nothing changed.
 *
 * <p>What is much is given by a {@link Producer}, without the lock, as it was under it.
 */
public final class HashOps {
  private HashOps() {}

  // Reading

  /** Gives the field's value, or missing. */
  public static void get(Database db, Slice key, Slice field, Sink out) {
    ElementRead.ask(db, key, ValueType.HASH, view -> {
      Slice value = new Slice();
      if (view == null || !view.get(field, value)) {
        out.missing();
      } else {
        ArrayProducer.give(value, out);
      }
      return 0;
    });
  }

  /** For each field from {@code from} on gives the value, or missing. */
  public static void getAll(Database db, Slice key, Slices fields, int from, Sink out) {
    ElementRead.ask(db, key, ValueType.HASH, view -> {
      Slice value = new Slice();
      out.elements(fields.size() - from);
      for (int i = from; i < fields.size(); i++) {
        if (view == null || !view.get(fields.get(i), value)) {
          out.missing();
        } else {
          ArrayProducer.give(value, out);
        }
      }
      return 0;
    });
  }

  /** Gives the collection of all fields and their values in turn. */
  public static void entries(Database db, Slice key, Sink out) {
    ElementRead.giveAll(db, key, ValueType.HASH, ElementProducer.Part.BOTH, out);
  }

  /** Gives the collection of all fields. */
  public static void fields(Database db, Slice key, Sink out) {
    ElementRead.giveAll(db, key, ValueType.HASH, ElementProducer.Part.ELEMENTS, out);
  }

  /** Gives the collection of the values of all fields. */
  public static void values(Database db, Slice key, Sink out) {
    ElementRead.giveAll(db, key, ValueType.HASH, ElementProducer.Part.VALUES, out);
  }

  /** How many fields there are, 0 where the key is missing. */
  public static long size(Database db, Slice key) {
    return ElementRead.ask(db, key, ValueType.HASH, view -> view == null ? 0 : view.size());
  }

  public static boolean contains(Database db, Slice key, Slice field) {
    return ElementRead.ask(db, key, ValueType.HASH, view -> view != null && view.contains(field) ? 1 : 0) == 1;
  }

  /** The length in bytes of the field's value, 0 where it is missing. */
  public static long length(Database db, Slice key, Slice field) {
    return ElementRead.ask(db, key, ValueType.HASH, view -> {
      Slice value = new Slice();
      return view != null && view.get(field, value) ? value.length() : 0;
    });
  }

  /** Gives a field chosen at random, or missing. */
  public static void random(Database db, Slice key, Sink out) {
    ElementRead.giveRandom(db, key, ValueType.HASH, out);
  }

  /**
   * Gives the collection of fields chosen at random: of so many different ones, at most all, or for a negative number of
   * just as many, each chosen among all.
   *
   * @param withValues whether each is followed by its value
   */
  public static void random(Database db, Slice key, long count, boolean withValues, Sink out) {
    ElementRead.giveRandom(db, key, ValueType.HASH, count,
        withValues ? ElementProducer.Part.BOTH : ElementProducer.Part.ELEMENTS, out);
  }

  /**
   * Gives some of the fields, each with its value, and returns the cursor to go on with: 0 when all have been met.  What is
   * there from the first call to the last is met, whatever comes and goes meanwhile.
   *
   * @param cursor 0 first, then what the last call returned
   * @param count  about how many fields are looked at
   * @param match  only fields that it matches; null for all
   */
  public static long scan(Database db, Slice key, long cursor, long count, Glob match, Sink out) {
    return new ElementScan(db, key, ValueType.HASH, count, match, out).from(cursor);
  }

  // Writing

  /** Sets the pairs of field and value from {@code from} on; how many fields are new. */
  public static long set(Database db, Slice key, Slices pairs, int from) {
    try (Section section = db.write(key, bytes(pairs, from))) {
      HeldHash hash = HeldHash.find(db, section, key, pairs, from, 2);
      int old = hash.record();
      long added = hash.set(pairs, from);
      section.changed(Event.HSET, key, Cause.WRITTEN, old);
      return added;
    }
  }

  /** A field that keeps its deadline. */
  private static void set(Section section, Slice key, HeldHash hash, Slices pair, Event event) {
    int old = hash.record();
    hash.setKeeping(pair);
    section.changed(event, key, Cause.WRITTEN, old);
  }

  private static long bytes(Slices slices, int from) {
    long bytes = 0;
    for (int i = from; i < slices.size(); i++) {
      bytes += slices.get(i).length();
    }
    return bytes;
  }

  /** Sets the field if it is missing, and says whether it was. */
  public static boolean setIfAbsent(Database db, Slice key, Slice field, Slice value) {
    try (Section section = db.write(key, (long) field.length() + value.length())) {
      Slices pair = pair(field, value);
      HeldHash hash = HeldHash.find(db, section, key, pair, 0, 2);
      if (hash.get(field, new Slice())) {
        return false;
      }
      set(section, key, hash, pair, Event.HSET);
      return true;
    }
  }

  private static Slices pair(Slice field, Slice value) {
    Slices pair = new Slices();
    pair.add(field.array(), field.offset(), field.length());
    pair.add(value.array(), value.offset(), value.length());
    return pair;
  }

  /** Deletes the fields from {@code from} on, and with the last one the key; how many were there. */
  public static long delete(Database db, Slice key, Slices fields, int from) {
    try (Section section = db.write(key)) {
      HeldHash hash = HeldHash.find(db, section, key, fields, from, 1);
      boolean present = hash.record() != Records.NONE;
      long deleted = hash.delete(fields, from);
      if (deleted > 0) {
        section.changed(Event.HDEL, key, Cause.WRITTEN);
      }
      if (present && hash.record() == Records.NONE) {
        section.changed(Event.DEL, key, Cause.DELETED);
      }
      return deleted;
    }
  }

  // Deadlines of fields

  /** What {@link #expire} and {@link #persist} answer of a field that is missing. */
  public static final int NO_FIELD = -2;
  /** What {@link #persist} answers of one that has no deadline. */
  public static final int NO_DEADLINE = -1;
  /** What {@link #expire} answers where the condition does not hold. */
  public static final int UNMET = 0;
  /** What both answer of a field that has what was asked for. */
  public static final int DONE = 1;
  /** What {@link #expire} answers of a field that is gone, since that time is past. */
  public static final int DELETED = 2;

  /** The latest deadline of a field, in milliseconds. */
  public static final long LATEST_MILLIS = FieldDeadline.MOST_MILLIS;

  /**
   * The deadlines of the fields from {@code from} on, in milliseconds: {@link Deadline#NONE}, or {@link Deadline#MISSING} where
   * there is no such field.
   */
  public static long[] deadlines(Database db, Slice key, Slices fields, int from) {
    long[] deadlines = new long[fields.size() - from];
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      int record = ElementRead.locate(db, stripe, key, ValueType.HASH);
      if (record == Records.NONE) {
        Arrays.fill(deadlines, Deadline.MISSING);
        return deadlines;
      }
      HeldHash hash = new HeldHash(db.engine(), stripe.sectionOrNull(db.index()), key, record);
      for (int i = 0; i < deadlines.length; i++) {
        long deadline = hash.deadlineOf(fields.get(from + i));
        deadlines[i] = deadline <= db.engine().nowMillis() ? Deadline.MISSING : deadline;
      }
      return deadlines;
    } finally {
      stripe.endRead(stamp);
    }
  }

  /**
   * Sets the deadline of the fields from {@code from} on where the condition, bits of {@code KeyOps.IF_…} or 0, holds; one that
   * has come deletes them, and with the last one the key.  Field by field: should memory run out on the way, those before have it.
   *
   * @param deadlineMillis from 0 to {@link #LATEST_MILLIS}
   * @return of each field {@link #NO_FIELD}, {@link #UNMET}, {@link #DONE} or {@link #DELETED}
   */
  public static int[] expire(Database db, Slice key, Slices fields, int from, long deadlineMillis, int condition) {
    try (Section section = db.write(key)) {
      HeldHash hash = HeldHash.find(db, section, key, fields, from, 1);
      int[] answers = new int[fields.size() - from];
      boolean isPast = deadlineMillis <= section.nowMillis();
      boolean changes = false;
      try {
        for (int i = 0; i < answers.length; i++) {
          Slice field = fields.get(from + i);
          long old = hash.deadlineOf(field);
          answers[i] = old == Deadline.MISSING ? NO_FIELD
              : !KeyOps.allows(condition, old, deadlineMillis) ? UNMET : isPast ? DELETED : DONE;
          if (answers[i] == DELETED) {
            hash.delete(one(field), 0);
          } else if (answers[i] == DONE) {
            hash.deadline(field, deadlineMillis);
          }
          changes |= answers[i] > UNMET;
        }
      } finally { // where memory has run out on the way too: what was done before that is told
        if (changes) {
          section.changed(isPast ? Event.HDEL : Event.HEXPIRE, key, Cause.WRITTEN);
          if (hash.record() == Records.NONE) {
            section.changed(Event.DEL, key, Cause.DELETED);
          }
        }
      }
      return answers;
    }
  }

  private static Slices one(Slice field) {
    Slices one = new Slices();
    one.add(field.array(), field.offset(), field.length());
    return one;
  }

  /**
   * Takes the deadlines of the fields from {@code from} on away; of each field {@link #NO_FIELD}, {@link #NO_DEADLINE} or
   * {@link #DONE}.
   */
  public static int[] persist(Database db, Slice key, Slices fields, int from) {
    try (Section section = db.write(key)) {
      HeldHash hash = HeldHash.find(db, section, key, fields, from, 1);
      int[] answers = new int[fields.size() - from];
      boolean changes = false;
      for (int i = 0; i < answers.length; i++) {
        long old = hash.deadlineOf(fields.get(from + i));
        answers[i] = old == Deadline.MISSING ? NO_FIELD : old == Deadline.NONE ? NO_DEADLINE : DONE;
        if (answers[i] == DONE) {
          hash.deadline(fields.get(from + i), Deadline.NONE);
          changes = true;
        }
      }
      if (changes) {
        section.changed(Event.HPERSIST, key, Cause.WRITTEN);
      }
      return answers;
    }
  }

  // Numbers

  /** Adds to the integer that the field's value is, 0 where it is missing; the sum. */
  public static long increment(Database db, Slice key, Slice field, long by) {
    try (Section section = db.write(key, (long) field.length() + Numbers.LONG_BYTES)) {
      HeldHash hash = HeldHash.find(db, section, key, pair(field, field), 0, 2);
      long old = integer(hash, field);
      long sum = old + by;
      if (((old ^ sum) & (by ^ sum)) < 0) {
        throw Signal.of(Failure.WOULD_OVERFLOW);
      }
      byte[] text = new byte[Numbers.LONG_BYTES];
      Slice value = new Slice().wrap(text, 0, Numbers.write(sum, text, 0));
      set(section, key, hash, pair(field, value), Event.HINCRBY);
      return sum;
    }
  }

  private static long integer(HeldHash hash, Slice field) {
    Slice value = new Slice();
    if (!hash.get(field, value)) {
      return 0;
    }
    if (!Numbers.isLong(value.array(), value.offset(), value.length())) {
      throw Signal.of(Failure.FIELD_NOT_AN_INTEGER);
    }
    return Numbers.parse(value);
  }

  /**
   * Adds to the number that the field's value is, with a 64-bit significand; gives the sum's text, which the value then is.
   */
  public static void incrementFloat(Database db, Slice key, Slice field, Slice by, Sink out) {
    ExtendedFloat more = ExtendedFloat.parse(by.array(), by.offset(), by.length());
    if (more == null) {
      throw Signal.of(Failure.NOT_A_FLOAT);
    }
    if (!more.isFinite()) {
      throw Signal.of(Failure.NAN_OR_INFINITY);
    }
    try (Section section = db.write(key, (long) field.length() + by.length())) {
      HeldHash hash = HeldHash.find(db, section, key, pair(field, field), 0, 2);
      ExtendedFloat sum = number(hash, field).plus(more);
      if (!sum.isFinite()) {
        throw Signal.of(Failure.NOT_FINITE);
      }
      byte[] text = sum.text();
      set(section, key, hash, pair(field, new Slice().wrap(text)), Event.HINCRBYFLOAT);
      out.value(text, 0, text.length);
    }
  }

  private static ExtendedFloat number(HeldHash hash, Slice field) {
    Slice value = new Slice();
    if (!hash.get(field, value)) {
      return ExtendedFloat.ZERO;
    }
    ExtendedFloat number = ExtendedFloat.parse(value.array(), value.offset(), value.length());
    if (number == null) {
      throw Signal.of(Failure.FIELD_NOT_A_FLOAT);
    }
    return number;
  }
}
