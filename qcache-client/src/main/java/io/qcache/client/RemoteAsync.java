package io.qcache.client;

import io.qcache.AsyncBits;
import io.qcache.AsyncHashes;
import io.qcache.AsyncKeys;
import io.qcache.AsyncKeyspace;
import io.qcache.AsyncLists;
import io.qcache.AsyncSets;
import io.qcache.AsyncSortedSets;
import io.qcache.AsyncStrings;

/** The groups returning futures, sent as the sender does. */
final class RemoteAsync<K, V> implements AsyncKeyspace<K, V> {
  private final AsyncStrings<K, V> strings;
  private final AsyncBits<K> bits;
  private final AsyncKeys<K> keys;
  private final AsyncLists<K, V> lists;
  private final AsyncHashes<K, V> hashes;
  private final AsyncSets<K, V> sets;
  private final AsyncSortedSets<K, V> sortedSets;

  /** {@code loads} is null where what is asked for waits for a body's end: nothing is loaded then. */
  RemoteAsync(Sender sender, Commands<K, V> commands, RemoteLoads<K, V> loads) {
    this.strings = new RemoteAsyncStrings<>(sender, commands.strings(), loads);
    this.bits = new RemoteAsyncBits<>(sender, commands.bits());
    this.keys = new RemoteAsyncKeys<>(sender, commands.keys());
    this.lists = new RemoteAsyncLists<>(sender, commands.lists());
    this.hashes = new RemoteAsyncHashes<>(sender, commands.hashes());
    this.sets = new RemoteAsyncSets<>(sender, commands.sets());
    this.sortedSets = new RemoteAsyncSortedSets<>(sender, commands.sortedSets());
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
