package io.qcache.client;

import io.qcache.Codec;
import java.util.Objects;

/** The operations of all groups as commands, for two codecs. */
record Commands<K, V>(
    StringCommands<K, V> strings, BitCommands<K> bits, KeyCommands<K> keys, ListCommands<K, V> lists,
    HashCommands<K, V> hashes, SetCommands<K, V> sets, SortedSetCommands<K, V> sortedSets) {
  static <K, V> Commands<K, V> of(Codec<K> keys, Codec<V> values, int database) {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(values, "values");
    return new Commands<>(new StringCommands<>(keys, values), new BitCommands<>(keys), new KeyCommands<>(keys, database),
        new ListCommands<>(keys, values), new HashCommands<>(keys, values), new SetCommands<>(keys, values),
        new SortedSetCommands<>(keys, values));
  }
}
