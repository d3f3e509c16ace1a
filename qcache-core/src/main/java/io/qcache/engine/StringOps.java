package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.keyspace.Pin;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.types.ExtendedFloat;

/**
 * The operations of strings.  Static and thread-safe; each is atomic, alone or within a plan that this thread holds.
 * They read their slices and keep nothing of them, and throw a {@link Signal} with nothing changed.
 */
public final class StringOps {
  /** When {@link #set} sets. */
  public enum If {
    ALWAYS, ABSENT, PRESENT
  }

  private static final int NONE = Records.NONE;

  private StringOps() {}

  /** Gives the value, or missing. */
  public static void get(Database db, Slice key, Sink out) {
    Read.VALUE.of(db, key, out);
  }

  /** The value's length in bytes, 0 where it is missing. */
  public static long length(Database db, Slice key) {
    return Read.LENGTH.of(db, key, null);
  }

  /**
   * Gives the bytes from {@code first} to {@code last}, inclusive, negative ones counted from the end; perhaps none.
   */
  public static void getRange(Database db, Slice key, long first, long last, Sink out) {
    Stripe stripe = db.stripe(key);
    Pin pin = null;
    long stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(db.index());
      int record = records == null ? NONE : records.peek(key);
      db.used(records, key, record);
      if (record == NONE) {
        out.value(key.array(), 0, 0);
      } else {
        pin = giveRange(records, requireString(records, record), first, last, out);
      }
    } finally {
      stripe.endRead(stamp);
    }
    if (pin != null) {
      out.produce(pin);
    }
  }

  /** Gives the range, or returns the pin that is to give it. */
  private static Pin giveRange(Records records, int record, long first, long last, Sink out) {
    long length = records.length(record);
    long from = Math.max(0, first < 0 ? first + length : first);
    long to = Math.min(length - 1, Math.max(0, last < 0 ? last + length : last));
    boolean empty = (first < 0 && last < 0 && first > last) || from > to;
    int offset = empty ? 0 : (int) from;
    int count = empty ? 0 : (int) (to - from + 1);
    if (records.isLarge(record)) {
      return records.pin(record).narrow(offset, count);
    }
    records.give(record, offset, count, out);
    return null;
  }

  /**
   * A longest common subsequence of two strings, both as they are at one instant; a missing one is empty.  It is found
   * under no lock.
   *
   * @param traced whether more than its length is asked for
   * @throws Signal {@link Failure#SUBSEQUENCE_TOO_LARGE} where a table of the product of their lengths, four bytes a
   *                place as Redis has it, would be larger than the longest string
   */
  public static CommonSubsequence commonSubsequence(Database db, Slice first, Slice second, boolean traced) {
    byte[] a;
    byte[] b;
    try (Plan held = db.engine().plan().add(first).add(second).acquire()) {
      long length = lengthOrOther(db, first);
      long other = lengthOrOther(db, second); // looked up whatever the first one is
      if (length == Records.WRONG_TYPE || other == Records.WRONG_TYPE) {
        throw Signal.of(Failure.NOT_STRINGS);
      }
      long table = 4 * (length + 1) * (other + 1);
      if (table > db.engine().maxStringBytes()) {
        throw Signal.of(Failure.SUBSEQUENCE_TOO_LARGE);
      }
      a = copyOf(db, first);
      b = copyOf(db, second);
    }
    return new CommonSubsequence(a, b, traced);
  }

  private static long lengthOrOther(Database db, Slice key) {
    Records records = db.held(key).records();
    int record = records.peek(key);
    db.used(records, key, record);
    if (record != NONE && records.type(record) != ValueType.STRING) {
      return Records.WRONG_TYPE;
    }
    return record == NONE ? 0 : records.length(record);
  }

  private static byte[] copyOf(Database db, Slice key) {
    Records records = db.held(key).records();
    int record = records.peek(key);
    if (record == NONE) {
      return new byte[0];
    }
    return records.isLarge(record) ? records.valueOf(record, new Slice()).array()
        : records.valueOf(record, new Slice()).copy();
  }

  /**
   * For each key from {@code from} on gives the value, or missing where it is missing or no string; all at one instant.
   */
  public static void getAll(Database db, Slices keys, int from, Sink out) {
    ReadMany.of(db, keys, from, out);
  }

  /**
   * Sets the value where the condition holds, and says whether it did.
   *
   * @param deadlineMillis the new deadline, {@link Deadline#NONE} or {@link Deadline#KEEP}
   * @param previous       where the value before goes, or missing, whether set or not; null where it is not asked for.
   *                       Asked for, it must be a string
   */
  public static boolean set(Database db, Slice key, Slice value, If condition, long deadlineMillis, Sink previous) {
    try (Section section = db.write(key, value.length())) {
      int record = section.find(key);
      if (previous != null) {
        db.lookedUp(key, record != NONE);
        give(section.records(), requireString(section.records(), record), previous);
      }
      if (condition != If.ALWAYS && (condition == If.ABSENT) == (record != NONE)) {
        return false;
      }
      long deadline = deadlineMillis != Deadline.KEEP ? deadlineMillis : deadline(section.records(), record);
      put(section, key, record, value, deadline, Event.SET);
      if (deadlineMillis != Deadline.NONE && deadlineMillis != Deadline.KEEP) {
        section.changed(Event.EXPIRE, key, Cause.WRITTEN);
      }
      return true;
    }
  }

  /** Gives the value and deletes the key. */
  public static void getAndDelete(Database db, Slice key, Sink out) {
    try (Section section = db.write(key)) {
      int record = section.find(key);
      db.lookedUp(key, record != NONE);
      give(section.records(), requireString(section.records(), record), out);
      if (record != NONE) {
        section.remove(key, record);
        section.changed(Event.DEL, key, Cause.DELETED);
      } else {
        section.deletedNothing(key);
      }
    }
  }

  /** Gives the value and sets its deadline; {@link Deadline#NONE} takes it away, {@link Deadline#KEEP} leaves it. */
  public static void getAndExpire(Database db, Slice key, long deadlineMillis, Sink out) {
    if (deadlineMillis == Deadline.KEEP) {
      get(db, key, out);
      return;
    }
    try (Section section = db.write(key)) {
      int record = section.find(key);
      db.used(section.records(), key, record);
      give(section.records(), requireString(section.records(), record), out);
      if (record != NONE && deadlineMillis == Deadline.NONE) {
        KeyOps.persist(section, key, record);
      } else if (record != NONE) {
        KeyOps.expire(section, key, record, deadlineMillis);
      }
    }
  }

  /** Sets the pairs of key and value from {@code from} on, all at one instant. */
  public static void setAll(Database db, Slices pairs, int from) {
    try (Plan held = db.engine().plan().add(pairs, from, 2).bringing(pairs.bytes()).acquire()) {
      setHeld(db, pairs, from);
    }
  }

  /** Sets the pairs if none of the keys is there, and says whether it did. */
  public static boolean setAllIfAbsent(Database db, Slices pairs, int from) {
    try (Plan held = db.engine().plan().add(pairs, from, 2).bringing(pairs.bytes()).acquire()) {
      for (int i = from; i < pairs.size(); i += 2) {
        if (db.held(pairs.get(i)).find(pairs.get(i)) != NONE) {
          return false;
        }
      }
      setHeld(db, pairs, from);
      return true;
    }
  }

  private static void setHeld(Database db, Slices pairs, int from) {
    for (int i = from; i < pairs.size(); i += 2) {
      Slice key = pairs.get(i);
      Section section = db.held(key);
      put(section, key, section.find(key), pairs.get(i + 1), Deadline.NONE, Event.SET);
    }
  }

  /** Appends; the new length in bytes. */
  public static long append(Database db, Slice key, Slice tail) {
    try (Section section = db.write(key, tail.length())) {
      Records records = section.records();
      int record = requireString(records, section.find(key));
      int length = record == NONE ? 0 : records.length(record);
      requireRoom(db, (long) length + tail.length());
      if (record == NONE) {
        put(section, key, record, tail, Deadline.NONE, Event.APPEND);
      } else {
        section.write(key, record, length + tail.length(), length, tail);
        section.changed(Event.APPEND, key, Cause.WRITTEN);
      }
      return length + tail.length();
    }
  }

  /** Overwrites from {@code offset} on, zero bytes before it where the value is shorter; the new length in bytes. */
  public static long setRange(Database db, Slice key, long offset, Slice bytes) {
    if (offset < 0) {
      throw Signal.of(Failure.OFFSET_OUT_OF_RANGE);
    }
    try (Section section = db.write(key, bytes.length())) { // what it fills with zeros is growth beyond its arguments
      Records records = section.records();
      int record = requireString(records, section.find(key));
      int length = record == NONE ? 0 : records.length(record);
      if (bytes.length() == 0) {
        return length;
      }
      if (offset > Long.MAX_VALUE - bytes.length()) {
        throw Signal.of(Failure.STRING_TOO_LONG);
      }
      requireRoom(db, offset + bytes.length());
      int newLength = Math.max(length, (int) offset + bytes.length());
      section.write(key, record, newLength, (int) offset, bytes);
      section.changed(Event.SETRANGE, key, Cause.WRITTEN, record);
      return newLength;
    }
  }

  /** Adds to the integer that the value is; the sum. */
  public static long increment(Database db, Slice key, long by) {
    try (Section section = db.write(key, Numbers.LONG_BYTES)) {
      int record = requireString(section.records(), section.find(key));
      long old = record == NONE ? 0 : Numbers.parse(section.records().valueOf(record, new Slice()));
      long sum = old + by;
      if (((old ^ sum) & (by ^ sum)) < 0) {
        throw Signal.of(Failure.WOULD_OVERFLOW);
      }
      byte[] text = new byte[Numbers.LONG_BYTES];
      Slice value = new Slice().wrap(text, 0, Numbers.write(sum, text, 0));
      put(section, key, record, value, deadline(section.records(), record), Event.INCRBY);
      return sum;
    }
  }

  /**
   * Subtracts from the integer that the value is; the difference.
   *
   * @throws Signal {@link Failure#DECREMENT_OVERFLOW} for {@code by == Long.MIN_VALUE}, whose negation is none
   */
  public static long decrement(Database db, Slice key, long by) {
    if (by == Long.MIN_VALUE) {
      throw Signal.of(Failure.DECREMENT_OVERFLOW);
    }
    return increment(db, key, -by);
  }

  /** Adds to the number that the value is, with a 64-bit significand; gives the sum's text, which the value then is. */
  public static void incrementFloat(Database db, Slice key, Slice by, Sink out) {
    try (Section section = db.write(key, by.length())) {
      int record = requireString(section.records(), section.find(key));
      ExtendedFloat old = record == NONE ? ExtendedFloat.ZERO : number(section.records().valueOf(record, new Slice()));
      ExtendedFloat sum = old.plus(number(by));
      if (!sum.isFinite()) {
        throw Signal.of(Failure.NOT_FINITE);
      }
      byte[] text = sum.text();
      put(section, key, record, new Slice().wrap(text), deadline(section.records(), record), Event.INCRBYFLOAT);
      out.value(text, 0, text.length);
    }
  }

  private static ExtendedFloat number(Slice text) {
    ExtendedFloat number = ExtendedFloat.parse(text.array(), text.offset(), text.length());
    if (number == null) {
      throw Signal.of(Failure.NOT_A_FLOAT);
    }
    return number;
  }

  private static long deadline(Records records, int record) {
    return record == NONE ? Deadline.NONE : records.deadline(record);
  }

  /** The record, which is NONE or a string; any other type is a Signal. */
  static int requireString(Records records, int record) {
    if (record != NONE && records.type(record) != ValueType.STRING) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    return record;
  }

  private static void requireRoom(Database db, long bytes) {
    if (bytes > Math.min(db.engine().maxStringBytes(), Integer.MAX_VALUE - 8)) {
      throw Signal.of(Failure.STRING_TOO_LONG);
    }
  }

  static void give(Records records, int record, Sink out) {
    if (record == NONE) {
      out.missing();
    } else if (records.isLarge(record)) {
      out.produce(records.pin(record));
    } else {
      records.give(record, 0, records.length(record), out);
    }
  }

  private static void put(Section section, Slice key, int old, Slice value, long deadlineMillis, Event event) {
    section.put(key, old, value, deadlineMillis);
    section.changed(event, key, event == Event.SET && old != NONE ? Cause.REPLACED : Cause.WRITTEN, old);
  }
}
