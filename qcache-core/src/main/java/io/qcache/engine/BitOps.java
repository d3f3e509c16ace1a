package io.qcache.engine;

import io.qcache.BitOperation;
import io.qcache.BitRange;
import io.qcache.Failure;
import io.qcache.keyspace.Pin;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;

/**
 * The operations of strings as rows of bits, the first of which is the highest of the first byte.  Static and
 * thread-safe; each is atomic, alone or within a plan that this thread holds.  They read their slices and keep nothing
 * of them, and throw a {@link Signal} with nothing changed.
 *
 * <p>What is large is looked at through a pin, chunk by chunk where it lies, under no lock.
 */
public final class BitOps {
  private static final int NONE = Records.NONE;
  private static final int LOOKED_AT_ONCE = 1 << 16; // bytes of a large string

  private BitOps() {}

  /** The bit at {@code offset}, zero behind the end and where the key is missing. */
  public static boolean get(Database db, Slice key, long offset) {
    requireOffset(db, offset);
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(db.index());
      int record = records == null ? NONE : records.peek(key);
      db.used(records, key, record);
      return record != NONE && isSet(records, StringOps.requireString(records, record), offset);
    } finally {
      stripe.endRead(stamp);
    }
  }

  private static boolean isSet(Records records, int record, long offset) {
    long at = offset >> 3;
    return at < records.length(record) && (records.byteAt(record, (int) at) & mask(offset)) != 0;
  }

  private static int mask(long offset) {
    return 0x80 >>> (offset & 7);
  }

  /** Sets the bit, zero bytes before it where the value is shorter; says what it was. */
  public static boolean set(Database db, Slice key, long offset, boolean bit) {
    requireOffset(db, offset);
    int at = (int) (offset >> 3);
    try (Section section = db.write(key, 1)) { // what it fills with zeros is growth beyond its arguments
      Records records = section.records();
      int old = StringOps.requireString(records, section.find(key));
      int length = old == NONE ? 0 : records.length(old);
      int record = section.grow(key, old, Math.max(length, at + 1));
      int held = records.byteAt(record, at);
      boolean before = (held & mask(offset)) != 0;
      if (before != bit) {
        byte[] changed = {(byte) (held ^ mask(offset))};
        section.write(key, record, at, changed, 0, 1);
      }
      if (before != bit || at >= length) {
        section.changed(Event.SETBIT, key, Cause.WRITTEN, old);
      }
      return before;
    }
  }

  /** How many bits of the range are set. */
  public static long count(Database db, Slice key, BitRange range) {
    return look(db, key, BitScan.count(range));
  }

  /**
   * Where the first bit of that kind is in the range, counted from the string's beginning; -1 where there is none.  A
   * missing key is an endless row of zeros, and so is what follows a string, unless the range says where it ends.
   */
  public static long find(Database db, Slice key, boolean bit, BitRange range) {
    return look(db, key, BitScan.find(bit, range));
  }

  private static long look(Database db, Slice key, BitScan scan) {
    Stripe stripe = db.stripe(key);
    Pin pin;
    long stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(db.index());
      int record = records == null ? NONE : records.peek(key);
      db.used(records, key, record);
      if (record == NONE) {
        return scan.ofMissing();
      }
      StringOps.requireString(records, record);
      if (!records.isLarge(record)) {
        if (scan.settle(records.length(record))) {
          records.give(record, scan.from(), scan.bytes(), scan);
        }
        return scan.result();
      }
      pin = records.pin(record);
    } finally {
      stripe.endRead(stamp);
    }
    try (pin) {
      return through(pin, scan);
    }
  }

  private static long through(Pin pin, BitScan scan) {
    if (scan.settle(pin.length())) {
      int end = scan.from() + scan.bytes();
      for (int at = scan.from(); at < end && !scan.isDone(); at += LOOKED_AT_ONCE) {
        pin.give(at, Math.min(LOOKED_AT_ONCE, end - at), scan);
      }
    }
    return scan.result();
  }

  /** Makes the target what comes of the sources from {@code from} on; its length in bytes, 0 where it is none then. */
  public static long combine(Database db, BitOperation operation, Slice target, Slices sources, int from) {
    return new BitCombination(db, operation, target, sources, from).run();
  }

  // Fields

  /** Carries out the steps, in their order and at one instant; their results are in them. */
  public static void fields(Database db, Slice key, BitFields fields) {
    if (fields.isReadOnly()) {
      readFields(db, key, fields);
      return;
    }
    try (Section section = db.write(key, 1)) {
      Records records = section.records();
      int old = StringOps.requireString(records, section.find(key));
      int length = old == NONE ? 0 : records.length(old);
      int needed = (int) (fields.lastWritten() >> 3) + 1;
      int record = section.grow(key, old, Math.max(length, needed));
      boolean changed = length < needed;
      for (int i = 0; i < fields.size(); i++) {
        changed |= BitFieldStep.run(section, key, record, fields.step(i));
      }
      if (changed) {
        section.changed(Event.SETBIT, key, Cause.WRITTEN, old);
      }
    }
  }

  private static void readFields(Database db, Slice key, BitFields fields) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(db.index());
      int record = records == null ? NONE : records.peek(key);
      db.used(records, key, record);
      if (record != NONE) {
        StringOps.requireString(records, record);
      }
      for (int i = 0; i < fields.size(); i++) {
        BitFields.Step step = fields.step(i);
        step.result = record == NONE ? 0 : BitFieldStep.get(records, record, step);
      }
    } finally {
      stripe.endRead(stamp);
    }
  }

  /** Throws a Signal unless there may be a bit at that place. */
  public static void requireOffset(Database db, long offset) {
    if (offset < 0 || offset >> 3 >= db.engine().maxStringBytes()) {
      throw Signal.of(Failure.BIT_OFFSET_OUT_OF_RANGE);
    }
  }
}
