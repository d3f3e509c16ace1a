package io.qcache.embedded;

import io.qcache.AsyncKeyspace;
import io.qcache.BitReads;
import io.qcache.ConflictException;
import io.qcache.HashReads;
import io.qcache.KeyReads;
import io.qcache.Keyspace;
import io.qcache.ListReads;
import io.qcache.ReadOnly;
import io.qcache.SetReads;
import io.qcache.SortedSetReads;
import io.qcache.StringReads;
import io.qcache.Transaction;
import io.qcache.engine.Plan;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.Watch;

/**
 * One try of {@code atomically}: the keys it watches, and the tasks it queues.  To be closed, committed or not.  For
 * the body's thread.
 */
final class EmbeddedTransaction<K, V> implements Transaction<K, V>, ReadOnly<K, V>, AutoCloseable {
  private final Coded<K, V> coded;
  private final Watch watch;
  private final Queue queue = new Queue();
  private final AsyncKeyspace<K, V> writes;
  private final StringReads<K, V> strings;
  private final BitReads<K> bits;
  private final KeyReads<K> keys;
  private final ListReads<K, V> lists;
  private final HashReads<K, V> hashes;
  private final SetReads<K, V> sets;
  private final SortedSetReads<K, V> sortedSets;
  private boolean committed;

  EmbeddedTransaction(Coded<K, V> coded, Keyspace<K, V> keyspace) {
    this.coded = coded;
    this.watch = coded.database().engine().watch();
    this.writes = new EmbeddedAsync<>(coded, queue, null);
    this.strings = new WatchedStrings<>(keyspace.strings(), this::beforeRead);
    this.bits = new WatchedBits<>(keyspace.bits(), this::beforeRead);
    this.keys = new WatchedKeys<>(keyspace.keys(), this::beforeRead);
    this.lists = new WatchedLists<>(keyspace.lists(), this::beforeRead);
    this.hashes = new WatchedHashes<>(keyspace.hashes(), this::beforeRead);
    this.sets = new WatchedSets<>(keyspace.sets(), this::beforeRead);
    this.sortedSets = new WatchedSortedSets<>(keyspace.sortedSets(), this::beforeRead);
  }

  @Override public ReadOnly<K, V> read() {
    return this;
  }

  @Override public AsyncKeyspace<K, V> write() {
    return writes;
  }

  @Override public StringReads<K, V> strings() {
    return strings;
  }

  @Override public BitReads<K> bits() {
    return bits;
  }

  @Override public KeyReads<K> keys() {
    return keys;
  }

  @Override public ListReads<K, V> lists() {
    return lists;
  }

  @Override public HashReads<K, V> hashes() {
    return hashes;
  }

  @Override public SetReads<K, V> sets() {
    return sets;
  }

  @Override public SortedSetReads<K, V> sortedSets() {
    return sortedSets;
  }

  void watch(K key) {
    watch.add(coded.database(), new Slice().wrap(coded.keyNow(key)));
  }

  private void beforeRead(K key) {
    queue.requireRunning();
    Slice read = coded.key(key);
    if (isWritten(read)) {
      throw new IllegalStateException("the body has written this key already, and its writes are applied when it returns");
    }
    watch.add(coded.database(), read);
  }

  private boolean isWritten(Slice key) {
    boolean[] found = new boolean[1];
    queue.forEach(task -> {
      found[0] |= task.writesAll();
      task.forEachWritten(written -> found[0] |= written.equals(key));
    });
    return found[0];
  }

  /** Applies the queue as one step, unless a watched key has changed. */
  boolean commit() {
    queue.end();
    coded.requireOpen();
    try {
      if (!apply()) {
        return false;
      }
    } catch (Signal noRoom) { // of the plan as a whole: what a task signals is its future's
      throw noRoom.failure().exception();
    }
    queue.complete();
    return true;
  }

  private boolean apply() {
    try (Plan plan = coded.database().engine().plan()) {
      watch.addTo(plan);
      queue.forEach(task -> task.addTo(plan));
      plan.acquire();
      if (watch.isTouched()) {
        return false;
      }
      queue.run(coded.database());
      committed = true;
      return true;
    }
  }

  @Override public void close() {
    queue.end();
    watch.clear();
    if (!committed) {
      queue.fail(new ConflictException("not applied"));
    }
  }
}
