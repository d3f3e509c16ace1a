package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.collection.LargeSortedSet;
import io.qcache.collection.PackedSortedSet;
import io.qcache.collection.SortedSetDraft;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;

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
  private Event event; // null while nothing has changed

  /** Of the key's set, an empty one where it is missing; a Signal where it holds another type. */
  SortedSetWrite(Database db, Section section, Slice key) {
    this.section = section;
    this.records = section.records();
    this.key = key;
    this.record = section.find(key);
    if (record != Records.NONE && records.type(record) != ValueType.SORTED_SET) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    this.draft = db.engine().sortedSetDraft();
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

  /** Something has changed; what is done is told at the end. */
  void changed(Event done) {
    event = done;
  }

  /** Puts the set where it belongs, or deletes its key when the last member is gone, and tells of it. */
  @Override public void close() {
    if (large) {
      records.changed(record);
    }
    if (event == null) {
      return;
    }
    if (draft.size() == 0) {
      if (record != Records.NONE) {
        records.remove(key, record);
        section.changed(event, key, Cause.WRITTEN);
        section.changed(Event.DEL, key, Cause.DELETED);
      }
      return;
    }
    if (large) {
      records.used(key, record);
    } else {
      put(records, key, record, draft, record == Records.NONE ? Deadline.NONE : records.deadline(record));
    }
    section.changed(event, key, Cause.WRITTEN, record);
  }

  /** Lets the key hold what a draft has, which is not empty. */
  static void put(Records records, Slice key, int old, SortedSetDraft draft, long deadlineMillis) {
    if (draft.largeOrNull() != null) {
      records.putLarge(key, old, ValueType.SORTED_SET, draft.largeOrNull(), deadlineMillis);
    } else {
      PackedSortedSet packed = draft.packedOrNull();
      records.put(key, old, ValueType.SORTED_SET, packed.array(), 0, packed.length(), deadlineMillis);
    }
  }
}
