package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.collection.ElementTable;
import io.qcache.collection.ElementView;
import io.qcache.collection.LargeElements;
import io.qcache.collection.Packed;
import io.qcache.collection.PackedBuffer;
import io.qcache.collection.PackedElements;
import io.qcache.collection.TablePin;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.log.Effects;

/**
 * A hash for a writer, under its stripe.  A small one is packed and written anew by each change; one that is more than a few
 * hundred bytes, or dozens of fields, becomes a table, and stays that.  Each change happens whole or not at all.
 */
final class HeldHash {
  private static final int NONE = Records.NONE;
  static final int PACKED_BYTES = 2048; // above which writing all of it anew costs more than a table
  static final int PACKED_ELEMENTS = 128; // fields and values, above which looking at each does
  static final int COMPACT = 0; // encodings: what Redis would use
  static final int HASHTABLE = 1;
  private static final int EXPIRED_AT_ONCE = 128; // fields
  private static final byte[] NOTHING = {};

  private final Engine engine;
  private final Section section;
  private final Records records;
  private final Slice key;
  private int record;
  private boolean timed; // fields may have deadlines
  private int step;      // packed elements that are a field

  /** The hash of the record, which may be NONE; another type is a Signal. */
  HeldHash(Engine engine, Section section, Slice key, int record) {
    this.engine = engine;
    this.section = section;
    this.records = section.records();
    this.key = key;
    this.record = ElementRead.require(records, record, ValueType.HASH);
    timed(record != NONE && records.isTimed(record));
  }

  private void timed(boolean is) {
    timed = is;
    step = is ? 3 : 2;
  }

  /** The hash of the key, which may be missing; another type is a Signal. */
  static HeldHash find(Database db, Section section, Slice key) {
    return new HeldHash(db.engine(), section, key, section.find(key));
  }

  /**
   * The same for a writer of the fields at {@code from} and every {@code step} behind it: those of them that are due have gone.
   */
  static HeldHash find(Database db, Section section, Slice key, Slices fields, int from, int step) {
    HeldHash hash = find(db, section, key);
    if (hash.timed && hash.records.earliest(hash.record) <= section.nowMillis()) {
      hash.expireDue(fields, from, step);
    }
    return hash;
  }

  /** NONE where it is missing. */
  int record() {
    return record;
  }

  private boolean isLarge() {
    return record != NONE && records.isLarge(record);
  }

  boolean get(Slice field, Slice value) {
    ElementView view = record == NONE ? null : ElementRead.view(records, record);
    return view != null && view.get(field, value);
  }

  private PackedBuffer unpacked() {
    PackedBuffer buffer = PackedBuffer.take(COMPACT);
    if (record != NONE) {
      Slice old = records.valueOf(record, new Slice());
      byte[] array = old.array();
      buffer.encoding(Packed.encoding(array, old.offset())).addPacked(array, old.offset() + Packed.HEADER_BYTES,
          old.offset() + old.length(), Packed.count(array, old.offset()));
    }
    return buffer;
  }

  private long deadline() {
    return record == NONE ? Deadline.NONE : records.deadline(record);
  }

  // Setting

  /** Sets a field, which keeps its deadline; how many fields are new. */
  long setKeeping(Slices pair) {
    long deadline = timed ? deadlineOf(pair.get(0)) : Deadline.NONE;
    long added = set(pair, 0);
    if (deadline != Deadline.NONE && deadline != Deadline.MISSING) {
      deadline(pair.get(0), deadline);
    }
    return added;
  }

  /** Sets the pairs of field and value from {@code from} on, which have no deadlines then; how many fields are new. */
  long set(Slices pairs, int from) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.list(Effects.HASH_SET, section.database(), key, pairs, from);
    }
    long added = setAll(pairs, from);
    if (effects != null) {
      effects.done();
    }
    return added;
  }

  private long setAll(Slices pairs, int from) {
    boolean compact = areCompact(pairs, from);
    if (isLarge()) {
      return setLarge(pairs, from, compact);
    }
    PackedBuffer buffer = unpacked();
    compact &= Packed.encoding(buffer.array(), 0) == COMPACT;
    long before = buffer.count();
    int at = from;
    while (at < pairs.size() && fits(buffer, pairs.get(at), pairs.get(at + 1))) {
      put(buffer, pairs.get(at), pairs.get(at + 1));
      at += 2;
    }
    if (at < pairs.size()) {
      return becomeLarge(buffer, pairs, at, compact) - before / step;
    }
    compact &= buffer.count() / step <= engine.collectionLimits().hashEntries();
    buffer.encoding(compact ? COMPACT : HASHTABLE);
    put(buffer);
    return (buffer.count() - before) / step;
  }

  private void put(PackedBuffer buffer) {
    record = timed ? records.putTimed(key, record, buffer.array(), buffer.length(), deadline())
        : records.put(key, record, ValueType.HASH, buffer.array(), 0, buffer.length(), deadline());
  }

  private boolean areCompact(Slices pairs, int from) {
    long longest = engine.collectionLimits().hashValueBytes();
    for (int i = from; i < pairs.size(); i++) {
      if (pairs.get(i).length() > longest) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(PackedBuffer buffer, Slice field, Slice value) {
    long length = (long) buffer.length() + Packed.size(field.length()) + Packed.size(value.length()) + step - 2;
    return length <= mostPackedBytes() && buffer.count() + step <= PACKED_ELEMENTS / 2 * step;
  }

  private int mostPackedBytes() {
    return Math.min(PACKED_BYTES, engine.largeAbove());
  }

  private int at(PackedBuffer buffer, Slice field) {
    return Packed.find(buffer.array(), Packed.HEADER_BYTES, buffer.length(), step, field);
  }

  private void put(PackedBuffer buffer, Slice field, Slice value) {
    int at = at(buffer, field);
    if (at < 0) {
      buffer.add(field).add(value);
      if (timed) {
        buffer.add(NOTHING, 0, 0);
      }
      return;
    }
    buffer.replace(Packed.skip(buffer.array(), at), value);
    if (timed) {
      buffer.replaceDeadline(Packed.skip(buffer.array(), at, 2), Deadline.NONE);
    }
  }

  /** Makes it large with the pairs from {@code from} on; how many fields it has. */
  private long becomeLarge(PackedBuffer buffer, Slices pairs, int from, boolean compact) {
    LargeElements large = large(buffer, compact);
    putAll(large, pairs, from);
    large.dropDeadlines(pairs, from, 2);
    putLarge(large);
    return large.table().size();
  }

  private LargeElements large(PackedBuffer buffer, boolean compact) {
    Slice whole = new Slice().wrap(buffer.array(), 0, buffer.length());
    PackedElements packed = timed ? PackedElements.timed(whole, Long.MIN_VALUE) : new PackedElements(whole, true);
    LargeElements large = LargeElements.of(packed, true, compact ? COMPACT : HASHTABLE, engine.keyedHash());
    if (timed) {
      Slice field = new Slice();
      for (ElementView.Steps steps = packed.walk(); steps.next(field, new Slice()); ) {
        large.deadline(field, packed.deadline(field), engine.keyedHash());
      }
    }
    return large;
  }

  private void putLarge(LargeElements large) {
    record = timed ? records.putLargeTimed(key, record, large, deadline())
        : records.putLarge(key, record, ValueType.HASH, large, deadline());
  }

  private void putAll(LargeElements large, Slices pairs, int from) {
    for (int i = from; i < pairs.size(); i += 2) {
      Slice value = pairs.get(i + 1);
      large.table().put(pairs.get(i), value.array(), value.offset(), value.length());
    }
    if (large.table().size() > engine.collectionLimits().hashEntries()) {
      large.encoding(HASHTABLE);
    }
  }

  private long setLarge(Slices pairs, int from, boolean compact) {
    LargeElements large = change();
    ElementTable table = large.table();
    long before = table.size();
    try (TablePin pin = pairs.size() - from > 2 || timed ? table.pin() : null) {
      restoring(pin, table, () -> {
        putAll(large, pairs, from);
        large.dropDeadlines(pairs, from, 2);
      });
      if (!compact) {
        large.encoding(HASHTABLE);
      }
    } finally {
      records.changed(record);
    }
    return table.size() - before;
  }

  private LargeElements change() {
    records.used(key, record);
    return (LargeElements) records.change(record);
  }

  /** Does it; where that fails half way, the table is again what was pinned. */
  private static void restoring(TablePin pin, ElementTable table, Runnable change) {
    try {
      change.run();
    } catch (Throwable failed) {
      if (pin != null) {
        table.restore(pin);
      }
      throw failed;
    }
  }

  // Deleting

  /** Deletes the fields from {@code from} on, and with the last field the hash; how many were there. */
  long delete(Slices fields, int from) {
    if (record == NONE) {
      return 0;
    }
    Effects effects = section.effects();
    if (effects != null) {
      effects.list(Effects.HASH_DELETE, section.database(), key, fields, from);
    }
    long deleted = isLarge() ? deleteLarge(fields, from) : deletePacked(fields, from);
    if (effects != null && deleted > 0) {
      effects.done();
    }
    return deleted;
  }

  private long deletePacked(Slices fields, int from) {
    PackedBuffer buffer = unpacked();
    int before = buffer.count();
    for (int i = from; i < fields.size(); i++) {
      int at = at(buffer, fields.get(i));
      if (at >= 0) {
        buffer.remove(at, step);
      }
    }
    int deleted = before - buffer.count();
    if (buffer.count() == 0) {
      drop();
    } else if (deleted > 0) {
      put(buffer);
    }
    return deleted / step;
  }

  private long deleteLarge(Slices fields, int from) {
    LargeElements large = change();
    ElementTable table = large.table();
    long before = table.size();
    try (TablePin pin = fields.size() - from > 1 || timed ? table.pin() : null) {
      restoring(pin, table, () -> {
        for (int i = from; i < fields.size(); i++) {
          table.remove(fields.get(i));
        }
        large.dropDeadlines(fields, from, 1);
      });
    } finally {
      records.changed(record);
    }
    long deleted = before - table.size();
    if (table.size() == 0) {
      drop();
    }
    return deleted;
  }

  private void drop() {
    records.remove(key, record);
    record = NONE;
    timed(false);
  }

  // Deadlines of fields

  /** The field's deadline, {@link Deadline#NONE}, or {@link Deadline#MISSING} where there is no such field. */
  long deadlineOf(Slice field) {
    if (record == NONE) {
      return Deadline.MISSING;
    }
    if (!timed) {
      return ElementRead.view(records, record).contains(field) ? Deadline.NONE : Deadline.MISSING;
    }
    if (isLarge()) {
      LargeElements large = (LargeElements) records.large(record);
      return large.table().contains(field) ? large.deadline(field) : Deadline.MISSING;
    }
    return PackedElements.timed(records.valueOf(record, new Slice()), 0).deadline(field);
  }

  /** Sets the deadline of a field that is there, or takes it away: {@link Deadline#NONE}. */
  void deadline(Slice field, long millis) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.begin(Effects.HASH_DEADLINE, section.database(), key).deadline(millis);
      effects.value(field.array(), field.offset(), field.length());
    }
    if (millis < records.earliest(record)) {
      records.hint(key, millis);
    }
    if (isLarge()) {
      deadlineLarge(field, millis);
    } else {
      deadlinePacked(field, millis);
    }
    if (effects != null) {
      effects.done();
    }
  }

  private void deadlineLarge(Slice field, long millis) {
    if (!timed) {
      record = records.setTimed(key, record);
      timed(true);
    }
    LargeElements large = change();
    try {
      large.deadline(field, millis, engine.keyedHash());
    } finally {
      records.changed(record);
    }
  }

  private void deadlinePacked(Slice field, long millis) {
    PackedBuffer buffer = timed ? unpacked() : unpackedWithPlaces();
    timed(true);
    int at = at(buffer, field);
    if (at < 0) {
      throw new IllegalArgumentException("no such field");
    }
    buffer.replaceDeadline(Packed.skip(buffer.array(), at, 2), millis);
    if (buffer.length() <= mostPackedBytes()) {
      put(buffer);
    } else {
      putLarge(large(buffer, Packed.encoding(buffer.array(), 0) == COMPACT));
    }
  }

  /** All fields with their values, and with places for deadlines. */
  private PackedBuffer unpackedWithPlaces() {
    Slice old = records.valueOf(record, new Slice());
    byte[] array = old.array();
    PackedBuffer buffer = PackedBuffer.take(Packed.encoding(array, old.offset()));
    int end = old.offset() + old.length();
    for (int at = old.offset() + Packed.HEADER_BYTES; at < end; ) {
      int behind = Packed.skip(array, at, 2);
      buffer.addPacked(array, at, behind, 2).add(NOTHING, 0, 0);
      at = behind;
    }
    return buffer;
  }

  /** Deletes fields whose time has come, many but not without end: whoever hints it again asks for the others. */
  void expireDue() {
    Slices due = new Slices();
    if (isLarge()) {
      ((LargeElements) records.large(record)).addDue(section.nowMillis(), EXPIRED_AT_ONCE, due);
    } else {
      PackedElements.timed(records.valueOf(record, new Slice()), section.nowMillis()).addDue(due);
    }
    expire(due);
  }

  private void expireDue(Slices fields, int from, int every) {
    Slices due = new Slices();
    for (int i = from; i < fields.size(); i += every) {
      if (deadlineOf(fields.get(i)) <= section.nowMillis() && deadlineOf(fields.get(i)) != Deadline.MISSING) {
        Slice field = fields.get(i);
        due.add(field.array(), field.offset(), field.length());
      }
    }
    expire(due);
  }

  private void expire(Slices due) {
    if (due.size() == 0) {
      return;
    }
    delete(due, 0);
    section.fieldsExpired(due.size());
    section.changed(Event.HEXPIRED, key, Cause.WRITTEN);
    if (record == NONE) {
      section.changed(Event.DEL, key, Cause.EXPIRED);
    }
  }
}
