package io.qcache.engine;

import io.qcache.ListEnd;
import io.qcache.ValueType;
import io.qcache.collection.LargeElements;
import io.qcache.collection.ListValue;
import io.qcache.collection.Packed;
import io.qcache.collection.PackedBuffer;
import io.qcache.collection.PackedElements;
import io.qcache.collection.PackedList;
import io.qcache.collection.SetDraft;
import io.qcache.collection.SortedSetDraft;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import java.util.Arrays;

/**
 * A whole value that comes element by element from outside, before it is put where its key belongs.
 * <pre>
 *   draft.begin(ValueType.HASH);
 *   draft.add(field, value);
 *   …
 *   draft.put(database, key, deadlineMillis);
 * </pre>
 * It is kept as the commands would have kept it, and grows with what has come.  For one thread, which does nothing else with the
 * engine between {@link #begin} and {@link #put}.
 */
public final class ValueDraft {
  private final Engine engine;
  private final Slice wrapped = new Slice();
  private ValueType type;
  private Slice string;
  private PackedBuffer packed; // of a list or a hash that is small; else null
  private boolean compact;     // whether Redis would call the hash so
  private ListValue list;
  private LargeElements hash;
  private SetDraft set;
  private SortedSetDraft sorted;
  private final Slices timed = new Slices(); // fields that have deadlines
  private long[] deadlines = new long[8];    // theirs
  private long bytes;

  public ValueDraft(Engine engine) {
    this.engine = engine;
  }

  /** Begins with an empty collection. */
  public void begin(ValueType collection) {
    forget();
    type = collection;
    switch (collection) {
      case LIST, HASH -> packed = PackedBuffer.take(HeldHash.COMPACT);
      case SET -> set = HeldSet.draft(engine);
      case SORTED_SET -> sorted = engine.sortedSetDraft().begin().exactly();
      default -> throw new IllegalArgumentException("no collection: " + collection);
    }
    compact = true;
  }

  /** Is the string, which stays the caller's until {@link #put}; parts are the store's own then. */
  public void string(Slice value) {
    forget();
    type = ValueType.STRING;
    string = value;
    bytes = value.length();
  }

  private void forget() {
    string = null;
    packed = null;
    list = null;
    hash = null;
    set = null;
    sorted = null;
    timed.clear();
    bytes = 0;
  }

  public ValueType type() {
    return type;
  }

  /** How many elements there are, a field and its value being one. */
  public long size() {
    return switch (type) {
      case STRING -> 1;
      case LIST -> packed != null ? packed.count() : list.size();
      case HASH -> packed != null ? packed.count() / 2 : hash.table().size();
      case SET -> set.size();
      case SORTED_SET -> sorted.size();
    };
  }

  /** Adds a copy of an element of a list at its end, or a member of a set; false where the set has it. */
  public boolean add(Slice element) {
    bytes += element.length();
    if (type == ValueType.SET) {
      return set.add(element);
    }
    if (packed != null && !fitsList(element.length())) {
      list = ListValue.of(new PackedList(wrapped.wrap(packed.array(), 0, packed.length())));
      packed = null;
    }
    if (packed != null) {
      packed.add(element);
    } else {
      list.push(element, ListEnd.LAST);
    }
    return true;
  }

  private boolean fitsList(int length) {
    long listSize = engine.collectionLimits().listSize();
    long mostPacked = listSize > 0 ? Math.min(HeldList.MOST_PACKED, listSize) : HeldList.MOST_PACKED;
    return packed.count() < mostPacked
        && packed.length() + (long) Packed.BESIDE_BYTES + length <= Math.min(HeldList.MOST_PACKED_BYTES, engine.largeAbove());
  }

  /** Adds copies of a field and its value to a hash; false where the field is there, whose value it may be then. */
  public boolean add(Slice field, Slice value) {
    bytes += (long) field.length() + value.length();
    CollectionLimits limits = engine.collectionLimits();
    compact &= field.length() <= limits.hashValueBytes() && value.length() <= limits.hashValueBytes();
    if (packed != null) {
      if (Packed.find(packed.array(), Packed.HEADER_BYTES, packed.length(), 2, field) >= 0) {
        return false;
      }
      long length = (long) packed.length() + Packed.size(field.length()) + Packed.size(value.length());
      if (length <= Math.min(HeldHash.PACKED_BYTES, engine.largeAbove()) && packed.count() + 2 <= HeldHash.PACKED_ELEMENTS) {
        packed.add(field).add(value);
        return true;
      }
      PackedElements all = new PackedElements(wrapped.wrap(packed.array(), 0, packed.length()), true);
      hash = LargeElements.of(all, true, HeldHash.COMPACT, engine.keyedHash());
      packed = null;
    }
    return hash.table().put(field, value.array(), value.offset(), value.length());
  }

  /** Gives the field of the hash that was just added a deadline. */
  public void deadline(Slice field, long millis) {
    if (timed.size() == deadlines.length) {
      deadlines = Arrays.copyOf(deadlines, 2 * deadlines.length);
    }
    deadlines[timed.size()] = millis;
    timed.add(field.copy());
    bytes += Long.BYTES;
  }

  /** Adds a copy of a member to a sorted set; false, and unchanged, where it is there. */
  public boolean add(Slice member, double score) {
    bytes += member.length() + Double.BYTES;
    if (!Double.isNaN(sorted.score(member))) {
      return false;
    }
    sorted.put(member, score, Double.NaN);
    return true;
  }

  /**
   * Lets the key, which must be missing, hold it; of which nobody is told.
   *
   * @return false, and nothing is done, where the key is there
   * @throws Signal {@link io.qcache.Failure#MEMORY_LIMIT} where there is no room for it
   */
  public boolean put(Database db, Slice key, long deadlineMillis) {
    try (Section section = db.write(key, bytes)) {
      Records records = section.records();
      if (section.find(key) != Records.NONE) {
        return false;
      }
      put(records, key, deadlineMillis);
      if (timed.size() > 0) {
        HeldHash held = HeldHash.find(db, section, key);
        for (int i = 0; i < timed.size(); i++) {
          held.deadline(timed.get(i), deadlines[i]);
        }
      }
      return true;
    } finally {
      forget();
    }
  }

  private void put(Records records, Slice key, long deadlineMillis) {
    switch (type) {
      case STRING -> {
        if (string.parts() != null) {
          records.put(key, Records.NONE, string.parts(), deadlineMillis);
        } else {
          records.put(key, Records.NONE, type, string.array(), string.offset(), string.length(), deadlineMillis);
        }
      }
      case SET -> set.put(records, key, Records.NONE, deadlineMillis);
      case SORTED_SET -> {
        sorted.settle();
        SortedSetWrite.put(records, key, Records.NONE, sorted, deadlineMillis);
      }
      case LIST -> {
        if (list != null) {
          records.putLarge(key, Records.NONE, type, list, deadlineMillis);
        } else {
          records.put(key, Records.NONE, type, packed.array(), 0, packed.length(), deadlineMillis);
        }
      }
      case HASH -> {
        compact &= size() <= engine.collectionLimits().hashEntries();
        int encoding = compact ? HeldHash.COMPACT : HeldHash.HASHTABLE;
        if (hash != null) {
          hash.encoding(encoding);
          records.putLarge(key, Records.NONE, type, hash, deadlineMillis);
        } else {
          packed.encoding(encoding);
          records.put(key, Records.NONE, type, packed.array(), 0, packed.length(), deadlineMillis);
        }
      }
    }
  }
}
