package io.qcache.embedded;

import io.qcache.AsyncBits;
import io.qcache.AsyncHashes;
import io.qcache.AsyncKeys;
import io.qcache.AsyncKeyspace;
import io.qcache.AsyncLists;
import io.qcache.AsyncSets;
import io.qcache.AsyncSortedSets;
import io.qcache.AsyncStrings;

/** The groups returning futures, their tasks run when the turn says. */
final class EmbeddedAsync<K, V> implements AsyncKeyspace<K, V> {
  private final AsyncStrings<K, V> strings;
  private final AsyncBits<K> bits;
  private final AsyncKeys<K> keys;
  private final AsyncLists<K, V> lists;
  private final AsyncHashes<K, V> hashes;
  private final AsyncSets<K, V> sets;
  private final AsyncSortedSets<K, V> sortedSets;

  /** {@code loads} is null where tasks wait for a body's end: nothing is loaded then. */
  EmbeddedAsync(Coded<K, V> coded, Turn turn, EmbeddedLoads<K, V> loads) {
    this.strings = new EmbeddedAsyncStrings<>(new StringTasks<>(coded), turn, loads);
    this.bits = new EmbeddedAsyncBits<>(new BitTasks<>(coded), turn);
    this.keys = new EmbeddedAsyncKeys<>(new KeyTasks<>(coded), turn);
    this.lists = new EmbeddedAsyncLists<>(new ListTasks<>(coded), turn);
    this.hashes = new EmbeddedAsyncHashes<>(new HashTasks<>(coded), turn);
    this.sets = new EmbeddedAsyncSets<>(new SetTasks<>(coded), turn);
    this.sortedSets = new EmbeddedAsyncSortedSets<>(new SortedSetTasks<>(coded), turn);
  }

  @Override public AsyncStrings<K, V> strings() {
    return strings;
  }

  @Override public AsyncBits<K> bits() {
    return bits;
  }

  @Override public AsyncKeys<K> keys() {
    return keys;
  }

  @Override public AsyncLists<K, V> lists() {
    return lists;
  }

  @Override public AsyncHashes<K, V> hashes() {
    return hashes;
  }

  @Override public AsyncSortedSets<K, V> sortedSets() {
    return sortedSets;
  }

  @Override public AsyncSets<K, V> sets() {
    return sets;
  }
}
