package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.log.Effects;
import java.util.random.RandomGenerator;

/**
 * The operations of keys, whatever type they hold.  Static and thread-safe; each is atomic, alone or within a plan that
 * this thread holds.  They read their slices and keep nothing of them, and throw a {@link Signal} with nothing changed.
 */
public final class KeyOps {
  /** Bits of {@code expire}'s condition, combined as a command may combine them. */
  public static final int IF_ABSENT = 1;
  public static final int IF_PRESENT = 2;
  public static final int IF_LATER = 4;
  public static final int IF_EARLIER = 8;

  private static final int NONE = Records.NONE;
  private static final ValueType[] TYPES = ValueType.values();
  private static final int EXPIRED_AT_ONCE = 1_000;

  private KeyOps() {}

  /** How many of the keys from {@code from} on are there, at one instant; one named twice counts twice. */
  public static long exists(Database db, Slices keys, int from) {
    if (keys.size() - from == 1) {
      return type(db, keys.get(from)) == null ? 0 : 1;
    }
    return touch(db.touching(false), keys, from);
  }

  /** Marks the keys from {@code from} on as just used; how many are there, at one instant. */
  public static long touch(Database db, Slices keys, int from) {
    long found = 0;
    try (Plan held = db.engine().plan().add(keys, from, 1).acquire()) {
      for (int i = from; i < keys.size(); i++) {
        Records records = db.held(keys.get(i)).records();
        int record = records.peek(keys.get(i));
        db.used(records, keys.get(i), record);
        found += record == NONE ? 0 : 1;
      }
    }
    return found;
  }

  /** Deletes the keys from {@code from} on, at one instant; how many were there. */
  public static long delete(Database db, Slices keys, int from) {
    if (keys.size() - from == 1) {
      try (Section section = db.write(keys.get(from))) {
        return delete(section, keys.get(from)) ? 1 : 0;
      }
    }
    long deleted = 0;
    try (Plan held = db.engine().plan().add(keys, from, 1).acquire()) {
      for (int i = from; i < keys.size(); i++) {
        deleted += delete(db.held(keys.get(i)), keys.get(i)) ? 1 : 0;
      }
    }
    return deleted;
  }

  private static boolean delete(Section section, Slice key) {
    int record = section.find(key);
    if (record == NONE) {
      section.deletedNothing(key);
      return false;
    }
    section.remove(key, record);
    section.changed(Event.DEL, key, Cause.DELETED);
    return true;
  }

  /** The type of the value, or null where the key is missing. */
  public static ValueType type(Database db, Slice key) {
    int ordinal = (int) Read.TYPE.of(db, key, null);
    return ordinal == Read.NO_TYPE ? null : TYPES[ordinal];
  }

  /** The same for who looks it up once more, or has: not counted, and nobody is told of a miss. */
  public static ValueType typeByTheWay(Database db, Slice key) {
    int ordinal = Read.typeByTheWay(db, key);
    return ordinal == Read.NO_TYPE ? null : TYPES[ordinal];
  }

  /**
   * How often the key was used since it was last walked by who evicts, from 0 to 3 for three times or more; -1 where it
   * is missing.  Uses are counted under the policies that go by them; to ask is none.
   */
  public static int frequency(Database db, Slice key) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead(); // the index is asked for a slot that must be there, so not without the lock
    try {
      Records records = stripe.recordsOrNull(db.index());
      int record = records == null ? NONE : records.peek(key);
      db.lookedUpQuietly(record != NONE);
      return record == NONE ? -1 : records.frequency(key, record);
    } finally {
      stripe.endRead(stamp);
    }
  }

  /** The name that Redis has for the way in which such a value is kept, or null where the key is missing; no use of it. */
  public static String encoding(Database db, Slice key) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(db.index());
      int record = records == null ? NONE : records.peek(key);
      db.lookedUpQuietly(record != NONE);
      return record == NONE ? null : Encoding.of(records, record);
    } finally {
      stripe.endRead(stamp);
    }
  }

  // Deadlines

  /** The deadline, {@link Deadline#NONE} or {@link Deadline#MISSING}. */
  public static long deadline(Database db, Slice key) {
    return Read.DEADLINE.of(db, key, null);
  }

  /**
   * Sets the deadline where the condition, bits of {@code IF_…} or 0, holds; says whether it did.  One that has come
   * deletes the key.
   */
  public static boolean expire(Database db, Slice key, long deadlineMillis, int condition) {
    try (Section section = db.write(key)) {
      int record = section.find(key);
      if (record == NONE || !allows(condition, section.records().deadline(record), deadlineMillis)) {
        return false;
      }
      expire(section, key, record, deadlineMillis);
      return true;
    }
  }

  static boolean allows(int condition, long old, long fresh) {
    return ((condition & IF_ABSENT) == 0 || old == Deadline.NONE)
        && ((condition & IF_PRESENT) == 0 || old != Deadline.NONE)
        && ((condition & IF_LATER) == 0 || (old != Deadline.NONE && fresh > old))
        && ((condition & IF_EARLIER) == 0 || fresh < old);
  }

  static void expire(Section section, Slice key, int record, long deadlineMillis) {
    if (deadlineMillis <= section.nowMillis()) {
      section.remove(key, record);
      section.changed(Event.DEL, key, Cause.DELETED);
    } else {
      section.setDeadline(key, record, deadlineMillis);
      section.changed(Event.EXPIRE, key, Cause.WRITTEN);
    }
  }

  /** Takes the deadline away, and says whether there was one. */
  public static boolean persist(Database db, Slice key) {
    try (Section section = db.write(key)) {
      int record = section.find(key);
      return record != NONE && persist(section, key, record);
    }
  }

  static boolean persist(Section section, Slice key, int record) {
    if (section.records().deadline(record) == Deadline.NONE) {
      return false;
    }
    section.setDeadline(key, record, Deadline.NONE);
    section.changed(Event.PERSIST, key, Cause.WRITTEN);
    return true;
  }

  // From one key to another

  /** Gives the value and its deadline another key; false where {@code ifAbsent} and that is there. */
  public static boolean rename(Database db, Slice from, Slice to, boolean ifAbsent) {
    try (Plan held = db.engine().plan().add(from).add(to).acquire()) {
      Section source = db.held(from);
      Section target = db.held(to);
      int record = source.find(from);
      if (record == NONE) {
        throw Signal.of(Failure.NO_SUCH_KEY);
      }
      if (from.equals(to)) {
        return !ifAbsent;
      }
      int old = target.find(to);
      if (old != NONE && ifAbsent) {
        return false;
      }
      move(source, from, record, target, to, old);
      source.changed(Event.RENAME_FROM, from, Cause.DELETED);
      target.changed(Event.RENAME_TO, to, old == NONE ? Cause.WRITTEN : Cause.REPLACED);
      return true;
    }
  }

  /** Copies value and deadline, and says whether it did: not onto a key that is there, unless {@code replace}. */
  public static boolean copy(Database db, Slice from, Database toDb, Slice to, boolean replace) {
    if (db.index() == toDb.index() && from.equals(to)) {
      throw Signal.of(Failure.SAME_OBJECT);
    }
    try (Plan held = db.engine().plan().add(from).add(to).bringing(to.length()).acquire()) {
      Section source = db.held(from);
      int record = source.find(from);
      db.lookedUp(from, record != NONE);
      Section target = toDb.held(to);
      int old = record == NONE ? NONE : target.find(to);
      if (record == NONE || (old != NONE && !replace)) {
        return false;
      }
      source.give(from, record, target, to, old, false);
      target.isNew(to); // also over another, as in Redis
      target.changed(Event.COPY_TO, to, old == NONE ? Cause.WRITTEN : Cause.REPLACED);
      return true;
    }
  }

  /** Moves the key to another database, and says whether it did: not where it is missing here, or there already. */
  public static boolean move(Database db, Slice key, Database toDb) {
    if (db.index() == toDb.index()) {
      throw Signal.of(Failure.SAME_OBJECT);
    }
    try (Plan held = db.engine().plan().add(key).acquire()) {
      Section source = db.held(key);
      Section target = toDb.held(key);
      int record = source.find(key);
      if (record == NONE || target.find(key) != NONE) {
        return false;
      }
      move(source, key, record, target, key, NONE);
      source.changed(Event.MOVE_FROM, key, Cause.DELETED);
      target.changed(Event.MOVE_TO, key, Cause.WRITTEN);
      return true;
    }
  }

  private static void move(Section source, Slice from, int record, Section target, Slice to, int old) {
    source.give(from, record, target, to, old, true);
    target.isNew(to); // also over another, as in Redis
  }

  // The whole of a database

  /** Gives a key chosen at random, or missing. */
  public static void random(Database db, Sink out) {
    Engine engine = db.engine();
    RandomGenerator random = engine.random();
    int first = random.nextInt(engine.stripes());
    for (int i = 0; i < engine.stripes(); i++) {
      if (giveRandom(db, engine.stripe((first + i) & engine.stripes() - 1), random, out)) {
        return;
      }
    }
    out.missing();
  }

  private static boolean giveRandom(Database db, Stripe stripe, RandomGenerator random, Sink out) {
    boolean more = true;
    while (true) {
      long stamp = stripe.beginRead();
      try {
        Section section = stripe.sectionOrNull(db.index());
        if (section == null || section.records().size() == 0) {
          return false;
        }
        int record = section.random(random);
        if (record != NONE) {
          giveKey(section.records(), record, out);
          return true;
        }
      } finally {
        stripe.endRead(stamp);
      }
      if (!more) {
        return false;
      }
      more = stripe.expire(db.engine().nowMillis(), EXPIRED_AT_ONCE); // nearly all of them are due: fewer, and again
    }
  }

  /**
   * Gives some of the keys, and the cursor to go on with: 0 when all have been met.  What is there from the first call
   * to the last is met, whatever comes and goes meanwhile.
   *
   * @param cursor 0 first, then what the last call returned; any other number begins somewhere
   * @param count  about how many keys are looked at
   * @param match  only keys that it matches; null for all
   * @param type   only keys of that type; null for all
   */
  public static long scan(Database db, long cursor, long count, Glob match, ValueType type, Sink out) {
    return new Scan(db, match, type, out).step(cursor, count);
  }

  /** Gives every key that matches, in slices: not at one instant. */
  public static void matching(Database db, Glob match, Sink out) {
    Scan scan = new Scan(db, match, null, out);
    long cursor = 0;
    do {
      cursor = scan.step(cursor, Scan.HOMES_AT_ONCE * 4L);
    } while (cursor != 0);
  }

  private static void giveKey(Records records, int record, Sink out) {
    Slice key = records.keyOf(record, new Slice());
    out.value(key.array(), key.offset(), key.length());
  }

  /** How many keys there are, those included that are due but not gone. */
  public static long size(Database db) {
    long[] sum = new long[1];
    db.engine().forEachSection(db, section -> sum[0] += section.records().size());
    return sum[0];
  }

  /** How many of the keys have a deadline. */
  public static long sizeWithDeadline(Database db) {
    long[] sum = new long[1];
    db.engine().forEachSection(db, section -> sum[0] += section.records().sizeWithDeadline());
    return sum[0];
  }

  /** Deletes all keys of the database at one instant. */
  public static void clear(Database db) {
    try (Plan held = db.engine().plan().all().acquire()) {
      clearHeld(db);
    }
  }

  /** Deletes all keys of all databases at one instant. */
  public static void clearAll(Engine engine) {
    try (Plan held = engine.plan().all().acquire()) {
      for (int i = 0; i < engine.databases(); i++) {
        clearHeld(engine.database(i));
      }
    }
  }

  private static void clearHeld(Database db) {
    Engine engine = db.engine();
    Section last = null;
    Records[] empty = new Records[engine.stripes()]; // made before the first goes, so that memory does not fail between them
    for (int i = 0; i < engine.stripes(); i++) {
      Section section = engine.stripe(i).section(db.index());
      if (section.records().size() > 0) {
        empty[i] = section.empty();
        last = section;
      }
    }
    Effects effects = last == null ? null : last.effects();
    if (effects != null) {
      effects.begin(Effects.CLEAR, db.index(), 0);
    }
    for (int i = 0; i < engine.stripes(); i++) {
      Section section = engine.stripe(i).section(db.index());
      if (empty[i] != null) {
        section.clear(empty[i]);
      } else {
        section.clearedNothing();
      }
    }
    if (effects != null) {
      effects.done();
    }
    if (last != null) {
      last.changedWhole(Event.FLUSH, Cause.DELETED);
    }
  }

  /** Exchanges the contents of two databases at one instant. */
  public static void swap(Database first, Database second) {
    Engine engine = first.engine();
    if (first.index() == second.index()) {
      return;
    }
    try (Plan held = engine.plan().all().acquire()) {
      for (int i = 0; i < engine.stripes(); i++) { // made before the first is exchanged
        engine.stripe(i).section(first.index());
        engine.stripe(i).section(second.index());
      }
      Effects effects = engine.stripe(0).section(first.index()).effects();
      if (effects != null) {
        effects.begin(Effects.SWAP, first.index(), second.index());
      }
      for (int i = 0; i < engine.stripes(); i++) {
        engine.stripe(i).section(first.index()).swap(engine.stripe(i).section(second.index()));
      }
      if (effects != null) {
        effects.done();
      }
      engine.stripe(0).section(first.index()).changedWhole(Event.SWAP, Cause.WRITTEN);
      engine.stripe(0).section(second.index()).changedWhole(Event.SWAP, Cause.WRITTEN);
    }
  }
}
