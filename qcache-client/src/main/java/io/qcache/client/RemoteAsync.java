package io.qcache.client;

import io.qcache.AsyncKeys;
import io.qcache.AsyncKeyspace;
import io.qcache.AsyncStrings;

/** The groups returning futures, sent as the sender does. */
final class RemoteAsync<K, V> implements AsyncKeyspace<K, V> {
  private final AsyncStrings<K, V> strings;
  private final AsyncKeys<K> keys;

  RemoteAsync(Sender sender, StringCommands<K, V> strings, KeyCommands<K> keys) {
    this.strings = new RemoteAsyncStrings<>(sender, strings);
    this.keys = new RemoteAsyncKeys<>(sender, keys);
  }

  @Override public AsyncStrings<K, V> strings() {
    return strings;
  }

  @Override public AsyncKeys<K> keys() {
    return keys;
  }
}
