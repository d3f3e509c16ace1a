package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.collection.ElementTable;
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

  private final Engine engine;
  private final Section section;
  private final Records records;
  private final Slice key;
  private int record;

  /** The hash of the record, which may be NONE; another type is a Signal. */
  HeldHash(Engine engine, Section section, Slice key, int record) {
    this.engine = engine;
    this.section = section;
    this.records = section.records();
    this.key = key;
    this.record = ElementRead.require(records, record, ValueType.HASH);
  }

  /** The hash of the key, which may be missing; another type is a Signal. */
  static HeldHash find(Database db, Section section, Slice key) {
    return new HeldHash(db.engine(), section, key, section.find(key));
  }

  /** NONE where it is missing. */
  int record() {
    return record;
  }

  private boolean isLarge() {
    return record != NONE && records.isLarge(record);
  }

  boolean get(Slice field, Slice value) {
    return record != NONE && ElementRead.view(records, record).get(field, value);
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

  /** Sets the pairs of field and value from {@code from} on; how many fields are new. */
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
      return becomeLarge(buffer, pairs, at, compact) - before / 2;
    }
    compact &= buffer.count() / 2 <= engine.collectionLimits().hashEntries();
    buffer.encoding(compact ? COMPACT : HASHTABLE);
    record = records.put(key, record, ValueType.HASH, buffer.array(), 0, buffer.length(), deadline());
    return (buffer.count() - before) / 2;
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
    long length = (long) buffer.length() + Packed.size(field.length()) + Packed.size(value.length());
    return length <= Math.min(PACKED_BYTES, engine.largeAbove()) && buffer.count() + 2 <= PACKED_ELEMENTS;
  }

  private static void put(PackedBuffer buffer, Slice field, Slice value) {
    byte[] array = buffer.array();
    int at = Packed.find(array, Packed.HEADER_BYTES, buffer.length(), 2, field);
    if (at < 0) {
      buffer.add(field).add(value);
    } else {
      buffer.replace(Packed.skip(array, at), value.array(), value.offset(), value.length());
    }
  }

  /** Makes it large with the pairs from {@code from} on; how many fields it has. */
  private long becomeLarge(PackedBuffer buffer, Slices pairs, int from, boolean compact) {
    PackedElements packed = new PackedElements(new Slice().wrap(buffer.array(), 0, buffer.length()), true);
    LargeElements large = LargeElements.of(packed, true, compact ? COMPACT : HASHTABLE, engine.keyedHash());
    putAll(large, pairs, from);
    record = records.putLarge(key, record, ValueType.HASH, large, deadline());
    return large.table().size();
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
    try (TablePin pin = pairs.size() - from > 2 ? table.pin() : null) {
      restoring(pin, table, () -> putAll(large, pairs, from));
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
      int at = Packed.find(buffer.array(), Packed.HEADER_BYTES, buffer.length(), 2, fields.get(i));
      if (at >= 0) {
        buffer.remove(at, 2);
      }
    }
    int deleted = before - buffer.count();
    if (buffer.count() == 0) {
      drop();
    } else if (deleted > 0) {
      record = records.put(key, record, ValueType.HASH, buffer.array(), 0, buffer.length(), deadline());
    }
    return deleted / 2;
  }

  private long deleteLarge(Slices fields, int from) {
    ElementTable table = change().table();
    long before = table.size();
    try (TablePin pin = fields.size() - from > 1 ? table.pin() : null) {
      restoring(pin, table, () -> {
        for (int i = from; i < fields.size(); i++) {
          table.remove(fields.get(i));
        }
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
  }
}
