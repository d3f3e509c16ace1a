package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ListEnd;
import io.qcache.ValueType;
import io.qcache.collection.ListRange;
import io.qcache.collection.ListValue;
import io.qcache.collection.Packed;
import io.qcache.collection.PackedBuffer;
import io.qcache.collection.PackedList;
import io.qcache.collection.Walk;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.log.Effects;

/**
 * A list as an operation finds it, under its stripe's lock: packed in its record, which every change writes anew, or a tree of
 * chunks behind a handle.  It becomes a tree beyond {@link #MOST_PACKED} elements or {@link #MOST_PACKED_BYTES}, and stays one.
 * For the one operation: what is small is not read again once it has been changed.
 */
final class HeldList {
  // Where to write it anew costs more than a tree does; below, a tree would take too much memory.
  static final int MOST_PACKED = 128;
  static final int MOST_PACKED_BYTES = 1024;

  private static final int GIVEN_AT_ONCE_BYTES = 64 << 10; // while the stripe is held
  private static final int ELEMENT_BYTES = 16; // about what it costs to give one beside its bytes

  private final Engine engine;
  private final Section section; // null for readers
  private final Records records;
  private final Slice key;
  private int record; // NONE while the key is missing
  private PackedList packed; // as it was found, null unless it was small
  private ListValue large; // null unless it is large
  private long size;

  /** The list of the record, which may be NONE, to be read; any other type is a Signal. */
  HeldList(Engine engine, Records records, Slice key, int record) {
    this(engine, null, records, key, record);
  }

  /** The same, to be changed. */
  HeldList(Engine engine, Section section, Slice key, int record) {
    this(engine, section, section.records(), key, record);
  }

  private HeldList(Engine engine, Section section, Records records, Slice key, int record) {
    this.engine = engine;
    this.section = section;
    this.records = records;
    this.key = key;
    this.record = record;
    if (record == Records.NONE) {
      return;
    }
    if (records.type(record) != ValueType.LIST) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    if (records.isLarge(record)) {
      large = (ListValue) records.large(record);
      size = large.size();
    } else {
      packed = new PackedList(records.valueOf(record, new Slice()));
      size = packed.count();
    }
  }

  boolean isMissing() {
    return record == Records.NONE;
  }

  /** What it was found in, for the change call. */
  int record() {
    return record;
  }

  long size() {
    return size;
  }

  // Reading

  /** Points the slice at the element, in place. */
  Slice get(long index, Slice into) {
    return packed != null ? packed.get((int) index, into) : large.elements().get(index, into);
  }

  /** Gives the element, or returns what is to give it. */
  ListRange giveOne(long index, Sink out) {
    Slice element = get(index, new Slice());
    if (large != null && element.length() > GIVEN_AT_ONCE_BYTES) {
      return ListRange.ofOne(large.elements().pin(), index);
    }
    out.value(element.array(), element.offset(), element.length());
    return null;
  }

  /**
   * Gives a collection of {@code count} elements from {@code first} on, towards the other end than {@code from}; or, where that
   * is much, gives nothing and returns what is to give it.
   */
  ListRange give(long first, long count, ListEnd from, Sink out) {
    if (packed != null) {
      givePacked((int) first, (int) count, from, out);
      return null;
    }
    long average = count == 0 ? 0 : large.bytes() / large.size() + ELEMENT_BYTES;
    return average * count <= GIVEN_AT_ONCE_BYTES && givenAtOnce(first, count, from, out) ? null
        : new ListRange(large.elements().pin(), first, count, from);
  }

  private void givePacked(int first, int count, ListEnd from, Sink out) {
    out.elements(count);
    Slice element = new Slice();
    if (from == ListEnd.LAST) {
      for (int i = 0; i < count; i++) {
        packed.get(first - i, element);
        out.value(element.array(), element.offset(), element.length());
      }
      return;
    }
    PackedList.Steps steps = packed.steps(first);
    for (int i = 0; i < count; i++) {
      steps.next(element);
      out.value(element.array(), element.offset(), element.length());
    }
  }

  /** Whether it was not too much after all; otherwise nothing was given. */
  private boolean givenAtOnce(long first, long count, ListEnd from, Sink out) {
    long mark = out.mark();
    out.elements(count);
    Walk walk = large.elements().walk(from == ListEnd.FIRST ? first : first + 1);
    Slice element = new Slice();
    long room = GIVEN_AT_ONCE_BYTES;
    for (long i = 0; i < count; i++) {
      boolean there = from == ListEnd.FIRST ? walk.next(element) : walk.previous(element);
      assert there : "an element that was counted";
      room -= element.length();
      if (room < 0) {
        out.rewind(mark);
        return false;
      }
      out.value(element.array(), element.offset(), element.length());
    }
    return true;
  }

  /**
   * The indices of elements that are equal, in the order in which they are met from that end on.
   *
   * @param nth  the first one that counts, from 1 on
   * @param most how many of them
   * @param among only so many elements are looked at
   */
  long[] find(Slice wanted, ListEnd from, long nth, long most, long among) {
    return packed != null ? packed.find(wanted, from, nth, most, among) : large.find(wanted, from, nth, most, among);
  }

  // Changing, each with its effect

  /** Adds copies of the elements from {@code from} on, one after the other, at that end. */
  void push(Slices elements, int from, ListEnd end) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.list(end == ListEnd.FIRST ? Effects.LIST_PUSH_FIRST : Effects.LIST_PUSH_LAST, section.database(), key, elements, from);
    }
    pushAll(elements, from, end);
    done(effects);
  }

  private static void done(Effects effects) {
    if (effects != null) {
      effects.done();
    }
  }

  private void pushAll(Slices elements, int from, ListEnd end) {
    int added = elements.size() - from;
    long bytes = bytes(elements, from);
    if (large == null && fits(added, bytes)) {
      PackedBuffer anew = PackedBuffer.take(0);
      if (end == ListEnd.FIRST) {
        for (int i = elements.size() - 1; i >= from; i--) {
          anew.add(elements.get(i));
        }
        copy(0, (int) size(), anew);
      } else {
        copy(0, (int) size(), anew);
        for (int i = from; i < elements.size(); i++) {
          anew.add(elements.get(i));
        }
      }
      write(anew);
      return;
    }
    ListValue list = large == null ? ListValue.of(packed) : changing();
    try {
      list.push(elements, from, end);
    } finally {
      changed();
    }
    link(list);
  }

  /** Lets the key, whose record is {@code old}, hold a new list of copies of the elements, whatever that was; without a deadline. */
  static void put(Engine engine, Section section, Slice key, int old, Slices elements) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.list(Effects.LIST, section.database(), key, elements, 0);
    }
    Records records = section.records();
    if (new HeldList(engine, section, key, Records.NONE).fits(elements.size(), bytes(elements, 0))) {
      PackedBuffer packed = PackedBuffer.take(0);
      for (int i = 0; i < elements.size(); i++) {
        packed.add(elements.get(i));
      }
      records.put(key, old, ValueType.LIST, packed.array(), 0, packed.length(), Deadline.NONE);
    } else {
      ListValue list = ListValue.of(null);
      list.push(elements, 0, ListEnd.LAST);
      records.putLarge(key, old, ValueType.LIST, list, Deadline.NONE);
    }
    done(effects);
  }

  /** The bytes of the slices from {@code from} on. */
  static long bytes(Slices elements, int from) {
    long bytes = 0;
    for (int i = from; i < elements.size(); i++) {
      bytes += elements.get(i).length();
    }
    return bytes;
  }

  private boolean fits(int added, long bytes) {
    int most = Math.min(MOST_PACKED_BYTES, engine.largeAbove());
    long held = record == Records.NONE ? Packed.HEADER_BYTES : records.length(record);
    long listSize = engine.collectionLimits().listSize();
    long mostPacked = listSize > 0 ? Math.min(MOST_PACKED, listSize) : MOST_PACKED;
    return size() + added <= mostPacked && held + bytes + (long) Packed.BESIDE_BYTES * added <= most;
  }

  private void copy(int first, int end, PackedBuffer into) {
    if (packed != null) {
      packed.copy(first, end, into);
    }
  }

  private void write(PackedBuffer anew) {
    record = records.put(key, record, ValueType.LIST, anew.array(), 0, anew.length(), deadline());
    packed = null;
    size = anew.count();
  }

  private long deadline() {
    return record == Records.NONE ? Deadline.NONE : records.deadline(record);
  }

  /** The tree, for a change, behind which comes {@link #changed}. */
  private ListValue changing() {
    records.used(key, record);
    return (ListValue) records.change(record);
  }

  private void changed() {
    if (large != null) {
      records.changed(record);
      size = large.size();
    }
  }

  /** A tree that was made of what was small until now. */
  private void link(ListValue list) {
    if (large == null) {
      record = records.putLarge(key, record, ValueType.LIST, list, deadline());
      large = list;
      packed = null;
      size = list.size();
    }
  }

  /** Takes the elements from {@code first} to before {@code end} away; with the last of them the key goes. */
  void remove(long first, long end) {
    Effects effects = begin(Effects.LIST_REMOVE, first, end);
    removeRange(first, end);
    done(effects);
  }

  private Effects begin(int kind, long first, long end) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.begin(kind, section.database(), key).numbers(first, end);
    }
    return effects;
  }

  private Effects begin(int kind, long number, Slice element) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.begin(kind, section.database(), key).numbered(number, element);
    }
    return effects;
  }

  private void removeRange(long first, long end) {
    if (first == 0 && end == size()) {
      records.remove(key, record);
      record = Records.NONE;
      packed = null;
      large = null;
      size = 0;
    } else if (large == null) {
      PackedBuffer anew = PackedBuffer.take(0);
      packed.copy(0, (int) first, anew);
      packed.copy((int) end, packed.count(), anew);
      write(anew);
    } else {
      try {
        changing().elements().removeRange(first, end);
      } finally {
        changed();
      }
    }
  }

  /** Takes all elements but those from {@code first} to before {@code end} away; with the last of them the key goes. */
  void keep(long first, long end) {
    Effects effects = begin(Effects.LIST_KEEP, first, end);
    keepRange(first, end);
    done(effects);
  }

  private void keepRange(long first, long end) {
    if (first == end) {
      removeRange(0, size());
    } else if (large == null) {
      PackedBuffer anew = PackedBuffer.take(0);
      packed.copy((int) first, (int) end, anew);
      write(anew);
    } else {
      try {
        changing().keep(first, end);
      } finally {
        changed();
      }
    }
  }

  /** Puts a copy of the element in the place of the one that is there. */
  void replace(long index, Slice element) {
    Effects effects = begin(Effects.LIST_REPLACE, index, element);
    replaceOne(index, element);
    done(effects);
  }

  private void replaceOne(long index, Slice element) {
    if (large == null && fits(0, Packed.size(element.length()))) {
      PackedBuffer anew = PackedBuffer.take(0);
      packed.copy(0, (int) index, anew);
      anew.add(element);
      packed.copy((int) index + 1, packed.count(), anew);
      write(anew);
      return;
    }
    ListValue list = large == null ? ListValue.of(packed) : changing();
    try {
      list.elements().replace(index, element.array(), element.offset(), element.length());
    } finally {
      changed();
    }
    link(list);
  }

  /** Puts a copy of the element before the one at that index. */
  void insert(long index, Slice element) {
    Effects effects = begin(Effects.LIST_INSERT, index, element);
    insertOne(index, element);
    done(effects);
  }

  private void insertOne(long index, Slice element) {
    if (large == null && fits(1, element.length())) {
      PackedBuffer anew = PackedBuffer.take(0);
      packed.copy(0, (int) index, anew);
      anew.add(element);
      packed.copy((int) index, packed.count(), anew);
      write(anew);
      return;
    }
    ListValue list = large == null ? ListValue.of(packed) : changing();
    try {
      list.elements().insert(index, element.array(), element.offset(), element.length());
    } finally {
      changed();
    }
    link(list);
  }

  /** Takes up to {@code most} elements that are equal away, those nearest to that end; how many. */
  long removeEqual(Slice wanted, long most, ListEnd from) {
    Effects effects = begin(from == ListEnd.FIRST ? Effects.LIST_REMOVE_EQUAL_FIRST : Effects.LIST_REMOVE_EQUAL_LAST, most, wanted);
    long removed = removeAllEqual(wanted, most, from);
    if (removed > 0) {
      done(effects);
    }
    return removed;
  }

  private long removeAllEqual(Slice wanted, long most, ListEnd from) {
    if (large != null) {
      return removeEqualOfLarge(wanted, most, from);
    }
    int equal = packed.countEqual(wanted);
    int removed = (int) Math.min(equal, most);
    if (removed == packed.count()) {
      removeRange(0, removed);
    } else if (removed > 0) {
      PackedBuffer anew = PackedBuffer.take(0);
      packed.copyUnequal(wanted, from == ListEnd.FIRST ? 0 : equal - removed, removed, anew);
      write(anew);
    }
    return removed;
  }

  private long removeEqualOfLarge(Slice wanted, long most, ListEnd from) {
    long[] places = large.find(wanted, from, 1, most, large.size());
    if (places.length == large.size()) {
      removeRange(0, places.length);
    } else if (places.length > 0) {
      try {
        changing().remove(places);
      } finally {
        changed();
      }
    }
    return places.length;
  }
}
