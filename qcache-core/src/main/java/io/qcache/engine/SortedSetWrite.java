package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.collection.LargeSortedSet;
import io.qcache.collection.PackedSortedSet;
import io.qcache.collection.SortedSetDraft;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.log.Effects;

/**
 * A sorted set that is being changed, in a section that is held: a packed one is changed in a draft and put back, a large one
 * itself.  To be closed, whatever happened, when all changes are made; then it is told of.
 */
final class SortedSetWrite implements AutoCloseable {
  private final Section section;
  private final Records records;
  private final Slice key;
  private final int record; // or NONE
  private final SortedSetDraft draft;
  private final boolean large; // from the beginning
  private boolean isRange; // what is done, rather than a list
  private final Effects effects; // null where nobody keeps them
  private Event event; // null while nothing has changed

  /** Of the key's set, an empty one where it is missing; a Signal where it holds another type. */
  SortedSetWrite(Database db, Section section, Slice key) {
    this(db.engine(), section, key, section.find(key));
  }

  /** Of a record, which may be NONE. */
  SortedSetWrite(Engine engine, Section section, Slice key, int record) {
    this.section = section;
    this.records = section.records();
    this.key = key;
    this.record = record;
    this.effects = section.effects();
    if (record != Records.NONE && records.type(record) != ValueType.SORTED_SET) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    this.draft = engine.sortedSetDraft();
    this.large = record != Records.NONE && records.isLarge(record);
    if (large) {
      draft.begin((LargeSortedSet) records.change(record));
    } else if (record == Records.NONE) {
      draft.begin();
    } else {
      draft.begin(records.valueOf(record, new Slice()));
    }
  }

  boolean isMissing() {
    return record == Records.NONE;
  }

  SortedSetDraft draft() {
    return draft;
  }

  // Changes, all of one kind, each of which happens whole or not at all; what was done is told at the end

  /** Gives a member its score; {@code old} is the score it has, NaN where it is new. */
  void put(Slice member, double score, double old, Event done) {
    begin(Effects.SCORES_PUT, member);
    draft.put(member, score, old);
    if (effects != null) {
      effects.element(member).score(score);
    }
    event = done;
  }

  /** Takes a member out, and says whether it was one. */
  boolean remove(Slice member, Event done) {
    begin(Effects.SCORES_REMOVE, member);
    if (!draft.remove(member)) {
      return false;
    }
    if (effects != null) {
      effects.element(member);
    }
    event = done;
    return true;
  }

  private void begin(int kind, Slice member) {
    if (effects != null) {
      if (event == null) {
        effects.begin(kind, section.database(), key);
      }
      effects.reserveElement(member);
    }
  }

  /** Takes the members from position {@code from} to before {@code to} out; the only change. */
  void remove(long from, long to, Event done) {
    if (effects != null) {
      effects.begin(Effects.SCORES_REMOVE_RANGE, section.database(), key).numbers(from, to);
    }
    draft.remove(from, to);
    event = done;
    isRange = true;
  }

  /** Puts the set where it belongs, or deletes its key when the last member is gone, and tells of it. */
  @Override public void close() {
    if (large) {
      records.changed(record);
    }
    if (event == null) {
      return;
    }
    settle();
    if (effects != null) {
      if (!isRange) {
        effects.end();
      }
      effects.done();
    }
    tell();
  }

  /** What it leaves goes where it belongs; nothing fails for a large one. */
  private void settle() {
    if (draft.size() == 0) {
      records.remove(key, record);
    } else if (large) {
      records.used(key, record);
    } else {
      put(records, key, record, draft, record == Records.NONE ? Deadline.NONE : records.deadline(record));
    }
  }

  private void tell() {
    if (draft.size() == 0) {
      section.changed(event, key, Cause.WRITTEN);
      section.changed(Event.DEL, key, Cause.DELETED);
    } else {
      section.changed(event, key, Cause.WRITTEN, record);
    }
  }

  /** Lets the key, whose record is {@code old}, hold what a draft has, whatever that was; without a deadline. */
  static void put(Section section, Slice key, int old, SortedSetDraft draft) {
    Effects effects = section.effects();
    if (effects != null) {
      effects.begin(draft.isCompact() ? Effects.SCORES_COMPACT : Effects.SCORES, section.database(), key);
      Slice member = new Slice();
      draft.set().visit(0, draft.size(), false, (array, from, length, score) -> {
        effects.reserveElement(member.wrap(array, from, length));
        effects.element(member).score(score);
      });
      effects.end();
    }
    put(section.records(), key, old, draft, Deadline.NONE);
    if (effects != null) {
      effects.done();
    }
  }

  /** Redis would not keep it in its compact encoding any more. */
  static void leaveCompact(Records records, Slice key, int record) {
    if (records.isLarge(record)) {
      ((LargeSortedSet) records.large(record)).compact(false);
    } else {
      byte[] packed = records.valueOf(record, new Slice()).copy();
      packed[0] = 1;
      records.put(key, record, ValueType.SORTED_SET, packed, 0, packed.length, records.deadline(record));
    }
  }

  static void put(Records records, Slice key, int old, SortedSetDraft draft, long deadlineMillis) {
    if (draft.largeOrNull() != null) {
      records.putLarge(key, old, ValueType.SORTED_SET, draft.largeOrNull(), deadlineMillis);
    } else {
      PackedSortedSet packed = draft.packedOrNull();
      records.put(key, old, ValueType.SORTED_SET, packed.array(), 0, packed.length(), deadlineMillis);
    }
  }
}
