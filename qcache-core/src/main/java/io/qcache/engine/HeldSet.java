package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.collection.ElementTable;
import io.qcache.collection.ElementView;
import io.qcache.collection.LargeElements;
import io.qcache.collection.LargeIntegers;
import io.qcache.collection.SetDraft;
import io.qcache.collection.TablePin;
import io.qcache.collection.TreePin;
import io.qcache.keyspace.LargeValue;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.log.Effects;

/** A set for a writer, under its stripe.  {@link SetDraft} draws its forms.  Each change happens whole or not at all. */
final class HeldSet {
  private static final int NONE = Records.NONE;

  /** Several members, in the order in which they are added or taken out. */
  interface Members {
    /** Points the slice at the next one; false behind the last. */
    boolean next(Slice member);
  }

  private final Engine engine;
  private final Section section;
  private final Records records;
  private final Slice key;
  private int record;

  /** The set of the record, which may be NONE; another type is a Signal. */
  HeldSet(Engine engine, Section section, Slice key, int record) {
    this.engine = engine;
    this.section = section;
    this.records = section.records();
    this.key = key;
    this.record = ElementRead.require(records, record, ValueType.SET);
  }

  /** The set of the key, which may be missing; another type is a Signal. */
  static HeldSet find(Database db, Section section, Slice key) {
    return new HeldSet(db.engine(), section, key, section.find(key));
  }

  /** NONE where it is missing. */
  int record() {
    return record;
  }

  boolean isMissing() {
    return record == NONE;
  }

  /** What it has; it is there. */
  ElementView view() {
    return ElementRead.view(records, record);
  }

  boolean contains(Slice member) {
    return record != NONE && view().contains(member);
  }

  private boolean isLarge() {
    return record != NONE && records.isLarge(record);
  }

  private SetDraft draft() {
    SetDraft draft = draft(engine);
    return record == NONE ? draft : draft.load(records.valueOf(record, new Slice()));
  }

  /** An empty one, in whose place nothing else is made by this thread meanwhile. */
  static SetDraft draft(Engine engine) {
    return new SetDraft(engine.keyedHash(), engine.collectionLimits(), engine.largeAbove());
  }

  private long deadline() {
    return record == NONE ? Deadline.NONE : records.deadline(record);
  }

  static Members of(Slices slices, int from) {
    int[] next = {from};
    return member -> {
      if (next[0] == slices.size()) {
        return false;
      }
      Slice given = slices.get(next[0]++);
      member.wrap(given.array(), given.offset(), given.length());
      return true;
    };
  }

  // Adding

  /** Adds the members from {@code from} on; how many are new. */
  long add(Slices members, int from) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.list(Effects.SET_ADD, section.database(), key, members, from);
    }
    long added = addAll(members, from);
    if (effects != null && added > 0) {
      effects.done();
    }
    return added;
  }

  private long addAll(Slices members, int from) {
    if (isLarge()) {
      return addLarge(members, from);
    }
    SetDraft draft = draft();
    long before = draft.size();
    for (int i = from; i < members.size(); i++) {
      draft.add(members.get(i));
    }
    long added = draft.size() - before;
    if (added > 0) {
      record = draft.put(records, key, record, deadline());
    }
    return added;
  }

  private long addLarge(Slices members, int from) {
    LargeValue value = records.large(record);
    if (value instanceof LargeIntegers integers && !staysIntegers(integers, members, from)) {
      LargeElements table = LargeElements.of(integers.view(), false, SetDraft.HASHTABLE, engine.keyedHash());
      long before = table.table().size();
      for (int i = from; i < members.size(); i++) {
        table.table().add(members.get(i));
      }
      record = records.putLarge(key, record, ValueType.SET, table, deadline());
      return table.table().size() - before;
    }
    return changeLarge(of(members, from), members.size() - from, true);
  }

  private boolean staysIntegers(LargeIntegers integers, Slices members, int from) {
    long size = integers.size();
    for (int i = from; i < members.size(); i++) {
      Slice member = members.get(i);
      if (!Numbers.isLong(member.array(), member.offset(), member.length())) {
        return false;
      }
      size += integers.view().contains(member) ? 0 : 1; // one that is given twice counts twice: too early is not wrong
    }
    return size <= engine.collectionLimits().intsetEntries();
  }

  /** Adds members, or takes them out; how many did so. */
  private long changeLarge(Members members, long count, boolean adds) {
    records.used(key, record);
    LargeValue value = records.change(record);
    try {
      return value instanceof LargeIntegers integers
          ? change(integers, members, count, adds) : change(((LargeElements) value).table(), members, count, adds);
    } finally {
      records.changed(record);
    }
  }

  private static long change(LargeIntegers integers, Members members, long count, boolean adds) {
    long before = integers.size();
    try (TreePin pin = count > 1 ? integers.pin() : null) {
      try {
        for (Slice member = new Slice(); members.next(member); ) {
          if (adds) {
            integers.add(Numbers.parse(member));
          } else if (Numbers.isLong(member.array(), member.offset(), member.length())) {
            integers.remove(Numbers.parse(member));
          }
        }
      } catch (Throwable failed) {
        if (pin != null) {
          integers.restore(pin);
        }
        throw failed;
      }
    }
    return Math.abs(integers.size() - before);
  }

  private static long change(ElementTable table, Members members, long count, boolean adds) {
    long before = table.size();
    try (TablePin pin = count > 1 ? table.pin() : null) {
      try {
        for (Slice member = new Slice(); members.next(member); ) {
          if (adds) {
            table.add(member);
          } else {
            table.remove(member);
          }
        }
      } catch (Throwable failed) {
        if (pin != null) {
          table.restore(pin);
        }
        throw failed;
      }
    }
    return Math.abs(table.size() - before);
  }

  // Removing

  /** Takes the members from {@code from} on out, and with the last one the key away; how many there were. */
  long remove(Slices members, int from) {
    return record == NONE ? 0 : remove(of(members, from), members.size() - from);
  }

  /** The same of {@code count} members. */
  long remove(Members members, long count) {
    Effects effects = section.effects();
    if (effects == null) {
      return removeAll(members, count);
    }
    effects.begin(Effects.SET_REMOVE, section.database(), key);
    long removed = removeAll(member -> {
      boolean more = members.next(member);
      effects.reserveElement(member);
      if (more) {
        effects.element(member);
      }
      return more;
    }, count);
    if (removed > 0) {
      effects.end();
      effects.done();
    }
    return removed;
  }

  private long removeAll(Members members, long count) {
    long removed;
    if (isLarge()) {
      removed = changeLarge(members, count, false);
      if (view().size() == 0) {
        removeRecord();
      }
      return removed;
    }
    SetDraft draft = draft();
    long before = draft.size();
    for (Slice member = new Slice(); members.next(member); ) {
      draft.remove(member);
    }
    removed = before - draft.size();
    if (draft.size() == 0) {
      removeRecord();
    } else if (removed > 0) {
      record = draft.put(records, key, record, deadline());
    }
    return removed;
  }

  /** Takes the key away. */
  void drop() {
    section.remove(key, record);
    record = NONE;
  }

  private void removeRecord() {
    records.remove(key, record);
    record = NONE;
  }

  /** Lets the key, whose record is {@code old}, hold what the draft has, whatever that was; without a deadline. */
  static void put(Section section, Slice key, int old, SetDraft draft) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.begin(Effects.SET, section.database(), key);
      Slice none = new Slice();
      Slice member = new Slice();
      for (ElementView.Steps steps = draft.view().walk(); steps.next(member, none); ) {
        effects.reserveElement(member);
        effects.element(member);
      }
      effects.end();
    }
    draft.put(section.records(), key, old, Deadline.NONE);
    if (effects != null) {
      effects.done();
    }
  }
}
