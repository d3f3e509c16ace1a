package io.qcache.keyspace;

import io.qcache.ValueType;
import io.qcache.collection.Packed;
import io.qcache.collection.PackedElements;
import io.qcache.collection.PackedIntegers;
import io.qcache.collection.PackedSortedSet;
import io.qcache.collection.SetDraft;
import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;

/**
 * The records of one section as they were at one instant, to be walked by one thread without a lock.
 * <pre>
 *   frozen page:  │ live │ DEAD │ live → DIED │ live │┊ appended since │
 *   walked:         yes    no     yes           yes     no
 * </pre>
 * Writers meanwhile append, and mark what dies in the frozen part as DIED instead of DEAD; a page that they give back
 * stays with the walk alone.  Each page is thawed when it has been read, under the stripe: from then on it is like any
 * other.
 */
public final class FrozenSection {
  private static final ValueType[] TYPES = ValueType.values();

  private final Stripe stripe;
  private final int database;
  private final Records records; // those of then: the section may have others by now, or be another database's
  private final FrozenPages pages;
  private final int size;
  private final int withDeadline;
  private final int timed;

  FrozenSection(Stripe stripe, int database, Records records) {
    this.stripe = stripe;
    this.database = database;
    this.records = records;
    this.size = records.size();
    this.withDeadline = records.sizeWithDeadline();
    this.timed = records.sizeTimed();
    this.pages = records.freeze();
  }

  public int database() {
    return database;
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** How many of them have a deadline. */
  public int withDeadline() {
    return withDeadline;
  }

  /** How many of them are hashes whose fields may have deadlines. */
  public int timed() {
    return timed;
  }

  /** Gives every record to the sink and thaws what has been read; whatever happens, all is thawed at the end. */
  public void walk(SnapshotSink sink) {
    int read = 0;
    try {
      for (; read < pages.count(); read++) {
        walk(pages.page(read), pages.fill(read), sink);
        thaw(read);
      }
    } finally {
      end(read);
    }
  }

  /** Thaws what was not read: all of it, where the walk never came here. */
  public void end(int read) {
    for (int i = read; i < pages.count(); i++) {
      thaw(i);
    }
    stripe.acquire();
    try {
      records.thaw();
    } finally {
      stripe.release();
    }
  }

  private void thaw(int i) {
    stripe.acquire();
    try {
      records.thaw(pages.number(i), pages.page(i));
    } finally {
      stripe.release();
    }
    pages.forget(i);
  }

  private void walk(byte[] page, int fill, SnapshotSink sink) {
    Slice key = new Slice();
    for (int at = 0; at < fill; at += (int) RecordLayout.size(page, at)) {
      int header = RecordLayout.intAt(page, at);
      if (RecordLayout.wasDead(header)) {
        continue;
      }
      key.wrap(page, RecordLayout.keyStart(at, header), RecordLayout.keyLength(page, at, header));
      ValueType type = TYPES[RecordLayout.type(header)];
      sink.key(database, type, RecordLayout.deadline(page, at, header), key);
      int start = RecordLayout.valueStart(page, at, header);
      if (RecordLayout.isLarge(header)) {
        giveLarge(page, start, sink);
      } else {
        give(type, page, start, RecordLayout.valueLength(header), RecordLayout.isTimed(header), sink);
      }
    }
  }

  private static void give(ValueType type, byte[] page, int start, int length, boolean timed, SnapshotSink sink) {
    if (timed) {
      PackedElements.timed(new Slice().wrap(page, start, length), 0).giveAll(sink);
    } else if (type == ValueType.STRING) {
      sink.value(page, start, length);
    } else if (type == ValueType.SORTED_SET) {
      new PackedSortedSet().wrap(new Slice().wrap(page, start, length)).give(sink);
    } else if (type == ValueType.SET && Packed.encoding(page, start) == SetDraft.INTSET) {
      new PackedIntegers(new Slice().wrap(page, start, length)).give(sink);
    } else {
      sink.elements(Packed.count(page, start));
      Packed.give(page, start + Packed.HEADER_BYTES, start + length, sink);
    }
  }

  private void giveLarge(byte[] page, int start, SnapshotSink sink) {
    LargeValue.Frozen pin;
    stripe.acquire();
    try {
      pin = records.frozenLarge(page, start);
    } finally {
      stripe.release();
    }
    try (pin) {
      pin.give(sink);
    }
  }
}
