package io.qcache.client;

import io.qcache.Codec;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the commands of all types share: how keys and values are coded, and how a command about a key begins. */
abstract class KeyedCommands<K, V> {
  final Codec<K> keys;
  final Codec<V> values;

  KeyedCommands(Codec<K> keys, Codec<V> values) {
    this.keys = keys;
    this.values = values;
  }

  final byte[] key(K key) {
    return keys.encode(Objects.requireNonNull(key, "key"));
  }

  final byte[] value(V value) {
    return values.encode(Objects.requireNonNull(value, "value"));
  }

  /** A command with so many arguments behind the key. */
  final Request reading(String name, K key, int more) {
    return new Request(name, 1 + more).key(key(key));
  }

  final Request writing(String name, K key, int more) {
    return new Request(name, 1 + more).written(key(key));
  }

  final V decode(Reply reply) {
    byte[] bytes = reply.asBytes();
    return values.decode(bytes, 0, bytes.length);
  }

  final Optional<V> optional(Reply reply) {
    return reply.isNull() ? Optional.empty() : Optional.of(decode(reply));
  }

  /** What comes in pairs, one after the other: it is so in RESP2, and often lists of two in RESP3. */
  static List<Reply> inTurn(Reply reply) {
    List<Reply> flat = new ArrayList<>();
    for (Reply each : reply.asList()) {
      if (each instanceof Reply.ArrayReply pair) {
        flat.addAll(pair.asList());
      } else {
        flat.add(each);
      }
    }
    return flat;
  }
}
