package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.keyspace.Entry;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.types.ExtendedFloat;

/**
 * The operations of strings.  Static and thread-safe; each is atomic, alone or within a plan that this thread holds.  They
 * read their slices and keep nothing of them, and throw a {@link Signal} with nothing changed.
 */
public final class StringOps {
  /** When {@link #set} sets. */
  public enum If {
    ALWAYS, ABSENT, PRESENT
  }

  private static final byte[] NOTHING = {};

  private StringOps() {}

  /** Gives the value, or missing. */
  public static void get(Database db, Slice key, Sink out) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      give(stringOrNull(db, stripe, key), out);
    } finally {
      stripe.endRead(stamp);
    }
  }

  /** The value's length in bytes, 0 where it is missing. */
  public static long length(Database db, Slice key) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      Entry entry = stringOrNull(db, stripe, key);
      return entry == null ? 0 : entry.length();
    } finally {
      stripe.endRead(stamp);
    }
  }

  /** Gives the bytes from {@code first} to {@code last}, inclusive, negative ones counted from the end; perhaps none. */
  public static void getRange(Database db, Slice key, long first, long last, Sink out) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      Entry entry = stringOrNull(db, stripe, key);
      if (entry == null) {
        out.value(key.array(), 0, 0);
      } else {
        giveRange(entry, first, last, out);
      }
    } finally {
      stripe.endRead(stamp);
    }
  }

  private static void giveRange(Entry entry, long first, long last, Sink out) {
    long length = entry.length();
    if (first < 0 && last < 0 && first > last) {
      out.value(entry.value(), 0, 0);
      return;
    }
    long from = Math.max(0, first < 0 ? first + length : first);
    long to = Math.min(length - 1, Math.max(0, last < 0 ? last + length : last));
    boolean empty = from > to || length == 0;
    out.value(entry.value(), empty ? 0 : (int) from, empty ? 0 : (int) (to - from + 1));
  }

  /** For each key from {@code from} on gives the value, or missing where it is missing or no string; all at one instant. */
  public static void getAll(Database db, Slices keys, int from, Sink out) {
    try (Plan held = db.engine().plan().add(keys, from, 1).acquire()) {
      for (int i = from; i < keys.size(); i++) {
        Entry entry = db.held(keys.get(i)).peek(keys.get(i));
        give(entry == null || entry.type() != ValueType.STRING ? null : entry, out);
      }
    }
  }

  /**
   * Sets the value where the condition holds, and says whether it did.
   *
   * @param deadlineMillis the new deadline, {@link Deadline#NONE} or {@link Deadline#KEEP}
   * @param previous       where the value before goes, or missing, whether set or not; null where it is not asked for.
   *                       Asked for, it must be a string
   */
  public static boolean set(Database db, Slice key, Slice value, If condition, long deadlineMillis, Sink previous) {
    try (Section section = db.write(key)) {
      Entry entry = section.find(key);
      if (previous != null) {
        give(requireString(entry), previous);
      }
      if (condition != If.ALWAYS && (condition == If.ABSENT) == (entry != null)) {
        return false;
      }
      put(section, key, entry, value, deadlineMillis);
      return true;
    }
  }

  /** Gives the value and deletes the key. */
  public static void getAndDelete(Database db, Slice key, Sink out) {
    try (Section section = db.write(key)) {
      Entry entry = requireString(section.find(key));
      give(entry, out);
      if (entry != null) {
        section.remove(entry);
        section.changed(Event.DEL, key, Cause.DELETED);
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
      Entry entry = requireString(section.find(key));
      give(entry, out);
      if (entry == null) {
        return;
      }
      if (deadlineMillis == Deadline.NONE) {
        KeyOps.persist(section, entry);
      } else {
        KeyOps.expire(section, entry, deadlineMillis);
      }
    }
  }

  /** Sets the pairs of key and value from {@code from} on, all at one instant. */
  public static void setAll(Database db, Slices pairs, int from) {
    try (Plan held = db.engine().plan().add(pairs, from, 2).acquire()) {
      setHeld(db, pairs, from);
    }
  }

  /** Sets the pairs if none of the keys is there, and says whether it did. */
  public static boolean setAllIfAbsent(Database db, Slices pairs, int from) {
    try (Plan held = db.engine().plan().add(pairs, from, 2).acquire()) {
      for (int i = from; i < pairs.size(); i += 2) {
        if (db.held(pairs.get(i)).find(pairs.get(i)) != null) {
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
      put(section, key, section.find(key), pairs.get(i + 1), Deadline.NONE);
    }
  }

  /** Appends; the new length in bytes. */
  public static long append(Database db, Slice key, Slice tail) {
    try (Section section = db.write(key)) {
      Entry entry = requireString(section.find(key));
      int length = entry == null ? 0 : entry.length();
      requireRoom(db, (long) length + tail.length());
      if (entry == null) {
        entry = section.insert(key, ValueType.STRING, tail.array(), tail.offset(), tail.length());
      } else {
        entry.grow(length + tail.length());
        System.arraycopy(tail.array(), tail.offset(), entry.value(), length, tail.length());
      }
      section.changed(Event.APPEND, key, Cause.WRITTEN);
      return entry.length();
    }
  }

  /** Overwrites from {@code offset} on, zero bytes before it where the value is shorter; the new length in bytes. */
  public static long setRange(Database db, Slice key, long offset, Slice bytes) {
    if (offset < 0) {
      throw Signal.of(Failure.OFFSET_OUT_OF_RANGE);
    }
    try (Section section = db.write(key)) {
      Entry entry = requireString(section.find(key));
      if (bytes.length() == 0) {
        return entry == null ? 0 : entry.length();
      }
      if (offset > Long.MAX_VALUE - bytes.length()) {
        throw Signal.of(Failure.STRING_TOO_LONG);
      }
      long end = offset + bytes.length();
      requireRoom(db, end);
      if (entry == null) { // at its full length at once, zeros: without the memory for it there is no key
        entry = section.insert(key, ValueType.STRING, NOTHING, 0, (int) end);
      } else if (end > entry.length()) {
        entry.grow((int) end);
      }
      System.arraycopy(bytes.array(), bytes.offset(), entry.value(), (int) offset, bytes.length());
      section.changed(Event.SETRANGE, key, Cause.WRITTEN);
      return entry.length();
    }
  }

  /** Adds to the integer that the value is; the sum. */
  public static long increment(Database db, Slice key, long by) {
    try (Section section = db.write(key)) {
      Entry entry = requireString(section.find(key));
      long old = entry == null ? 0 : Numbers.parse(entry.value(), 0, entry.length());
      long sum = old + by;
      if (((old ^ sum) & (by ^ sum)) < 0) {
        throw Signal.of(Failure.WOULD_OVERFLOW);
      }
      byte[] text = new byte[Numbers.LONG_BYTES];
      put(section, key, entry, text, 0, Numbers.write(sum, text, 0));
      section.changed(Event.INCRBY, key, Cause.WRITTEN);
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
    try (Section section = db.write(key)) {
      Entry entry = requireString(section.find(key));
      ExtendedFloat old = entry == null ? ExtendedFloat.ZERO : number(entry.value(), 0, entry.length());
      ExtendedFloat sum = old.plus(number(by.array(), by.offset(), by.length()));
      if (!sum.isFinite()) {
        throw Signal.of(Failure.NOT_FINITE);
      }
      byte[] text = sum.text();
      put(section, key, entry, text, 0, text.length);
      section.changed(Event.INCRBYFLOAT, key, Cause.WRITTEN);
      out.value(text, 0, text.length);
    }
  }

  private static ExtendedFloat number(byte[] array, int offset, int length) {
    ExtendedFloat number = ExtendedFloat.parse(array, offset, length);
    if (number == null) {
      throw Signal.of(Failure.NOT_A_FLOAT);
    }
    return number;
  }

  /** The present entry where it is a string, else null; any other type is a Signal. */
  private static Entry stringOrNull(Database db, Stripe stripe, Slice key) {
    Section section = stripe.sectionOrNull(db.index());
    return section == null ? null : requireString(section.peek(key));
  }

  private static Entry requireString(Entry entry) {
    if (entry != null && entry.type() != ValueType.STRING) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    return entry;
  }

  private static void requireRoom(Database db, long bytes) {
    if (bytes > Math.min(db.engine().maxStringBytes(), Integer.MAX_VALUE - 8)) {
      throw Signal.of(Failure.STRING_TOO_LONG);
    }
  }

  private static void give(Entry entry, Sink out) {
    if (entry == null) {
      out.missing();
    } else {
      out.value(entry.value(), 0, entry.length());
    }
  }

  /** Makes the value a copy of the bytes; the entry, which is a new one where it was null. */
  private static Entry put(Section section, Slice key, Entry entry, byte[] array, int offset, int length) {
    if (entry == null) {
      return section.insert(key, ValueType.STRING, array, offset, length);
    }
    entry.set(ValueType.STRING, array, offset, length);
    return entry;
  }

  private static void put(Section section, Slice key, Entry entry, Slice value, long deadlineMillis) {
    Entry put = put(section, key, entry, value.array(), value.offset(), value.length());
    if (deadlineMillis != Deadline.KEEP) {
      section.setDeadline(put, deadlineMillis);
    }
    section.changed(Event.SET, key, entry == null ? Cause.WRITTEN : Cause.REPLACED); // now it is as it will be
    if (deadlineMillis != Deadline.KEEP && deadlineMillis != Deadline.NONE) {
      section.changed(Event.EXPIRE, key, Cause.WRITTEN);
    }
  }
}
