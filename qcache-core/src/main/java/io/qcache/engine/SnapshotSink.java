package io.qcache.engine;

import io.qcache.ValueType;

/**
 * Where a snapshot goes, key by key: {@link #key}, then the value.  That of a string comes as to any sink; of a collection
 * {@link #elements} comes first, and then each element as a value: the fields of a hash with their values in turn, the members
 * of a sorted set with their scores in turn, as 8 bytes (the bits of a double, little-endian).
 *
 * <p>Called by the thread that takes the snapshot, under no lock but for {@link #frozen}, so it may take its time; what it throws
 * ends the snapshot.
 */
public interface SnapshotSink extends Sink {
  /**
   * What will be given is settled: for who has to know where that is in the order of changes.  Called while all stripes are held, so
   * it takes no time and does nothing else.
   */
  default void frozen() {}

  /** Before {@link #sizes}: how many hashes may have fields with deadlines; where there is none, none will be given. */
  default void timedHashes(long count) {}

  /** Before the first key: how many keys each database has, and how many of them have a deadline. */
  default void sizes(long[] keys, long[] withDeadline) {}

  /** The next key; its value follows. */
  void key(int database, ValueType type, long deadlineMillis, Slice key);

  /**
   * The value is a hash of so many fields, some of which have a deadline: each comes as its {@link #deadline} and then two
   * values, the field and its value.
   *
   * @param earliest a deadline that none is before
   */
  default void timedFields(long count, long earliest) {
    throw new UnsupportedOperationException("field deadlines");
  }

  /** The deadline of the field that comes next, in milliseconds; {@link Deadline#NONE} for none. */
  default void deadline(long millis) {
    throw new UnsupportedOperationException("field deadlines");
  }

  /** The value is a collection of so many elements, a pair counted as two, which follow. */
  @Override void elements(long count);
}
