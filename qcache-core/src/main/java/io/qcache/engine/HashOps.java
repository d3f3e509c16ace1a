package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.types.ExtendedFloat;

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
      HeldHash hash = HeldHash.find(db, section, key);
      return set(section, key, hash, pairs, from, Event.HSET);
    }
  }

  private static long set(Section section, Slice key, HeldHash hash, Slices pairs, int from, Event event) {
    int old = hash.record();
    long added = hash.set(pairs, from);
    section.changed(event, key, Cause.WRITTEN, old);
    return added;
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
      HeldHash hash = HeldHash.find(db, section, key);
      if (hash.get(field, new Slice())) {
        return false;
      }
      set(section, key, hash, pair(field, value), 0, Event.HSET);
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
      HeldHash hash = HeldHash.find(db, section, key);
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

  /** Adds to the integer that the field's value is, 0 where it is missing; the sum. */
  public static long increment(Database db, Slice key, Slice field, long by) {
    try (Section section = db.write(key, (long) field.length() + Numbers.LONG_BYTES)) {
      HeldHash hash = HeldHash.find(db, section, key);
      long old = integer(hash, field);
      long sum = old + by;
      if (((old ^ sum) & (by ^ sum)) < 0) {
        throw Signal.of(Failure.WOULD_OVERFLOW);
      }
      byte[] text = new byte[Numbers.LONG_BYTES];
      Slice value = new Slice().wrap(text, 0, Numbers.write(sum, text, 0));
      set(section, key, hash, pair(field, value), 0, Event.HINCRBY);
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
      HeldHash hash = HeldHash.find(db, section, key);
      ExtendedFloat sum = number(hash, field).plus(more);
      if (!sum.isFinite()) {
        throw Signal.of(Failure.NOT_FINITE);
      }
      byte[] text = sum.text();
      set(section, key, hash, pair(field, new Slice().wrap(text)), 0, Event.HINCRBYFLOAT);
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
