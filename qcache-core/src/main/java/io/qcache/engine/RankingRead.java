package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.collection.LargeSortedSet;
import io.qcache.collection.PackedSortedSet;
import io.qcache.collection.Ranking;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Stripe;

/** A sorted set that is being read: its stripe is read-locked until this is closed. */
final class RankingRead implements AutoCloseable {
  private final Stripe stripe;
  private final long stamp;
  private Ranking set; // null where the key is missing

  /** Takes the lock, and counts the look-up. */
  RankingRead(Database db, Slice key) {
    this.stripe = db.stripe(key);
    this.stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(db.index());
      int record = records == null ? Records.NONE : records.peek(key);
      db.used(records, key, record);
      this.set = record == Records.NONE ? null : of(records, record);
    } catch (Throwable failed) {
      stripe.endRead(stamp);
      throw failed;
    }
  }

  /** The set, or null where the key is missing. */
  Ranking set() {
    return set;
  }

  /** The members that a record holds, until its next change; a Signal where it holds another type. */
  static Ranking of(Records records, int record) {
    if (records.type(record) != ValueType.SORTED_SET) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    return records.isLarge(record) ? (LargeSortedSet) records.large(record)
        : new PackedSortedSet().wrap(records.valueOf(record, new Slice()));
  }

  @Override public void close() {
    stripe.endRead(stamp);
  }
}
