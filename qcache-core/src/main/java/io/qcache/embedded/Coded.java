package io.qcache.embedded;

import io.qcache.Codec;
import io.qcache.engine.Database;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A database and the two codecs it is seen through.  Codecs run here and nowhere else: never under a lock.  Since a
 * codec may hand out the same array again, what is queued or stands beside others is copied.
 */
final class Coded<K, V> {
  private final Database database;
  private final Codec<K> keys;
  private final Codec<V> values;

  Coded(Database database, Codec<K> keys, Codec<V> values) {
    this.database = database;
    this.keys = keys;
    this.values = values;
  }

  Database database() {
    return database;
  }

  void requireOpen() {
    EmbeddedCache.requireOpen(database.engine());
  }

  /** The key's bytes, the codec's own array: for an operation that runs at once and has no other argument. */
  byte[] keyNow(K key) {
    return keys.encode(Objects.requireNonNull(key, "key"));
  }

  /** The value's bytes, the codec's own array. */
  byte[] valueNow(V value) {
    return values.encode(Objects.requireNonNull(value, "value"));
  }

  /** The key's bytes, to be kept. */
  Slice key(K key) {
    return new Slice().wrap(keyNow(key).clone());
  }

  /** The value's bytes, to be kept. */
  Slice value(V value) {
    return new Slice().wrap(valueNow(value).clone());
  }

  Slices keys(Collection<? extends K> all) {
    Slices slices = new Slices();
    for (K key : all) {
      slices.add(keyNow(key).clone());
    }
    return slices;
  }

  /** The values' bytes, to be kept. */
  Slices values(Collection<? extends V> all) {
    Slices slices = new Slices();
    for (V value : all) {
      slices.add(valueNow(value).clone());
    }
    return slices;
  }

  /** Keys and values in turn. */
  Slices pairs(Map<? extends K, ? extends V> entries) {
    Slices slices = new Slices();
    entries.forEach((key, value) -> {
      slices.add(keyNow(key).clone());
      slices.add(valueNow(value).clone());
    });
    return slices;
  }

  K decodeKey(byte[] bytes) {
    return keys.decode(bytes, 0, bytes.length);
  }

  List<K> decodeKeys(List<byte[]> all) {
    List<K> decoded = new ArrayList<>(all.size());
    for (byte[] bytes : all) {
      decoded.add(decodeKey(bytes));
    }
    return decoded;
  }

  V decode(byte[] bytes) {
    return decode(bytes, bytes.length);
  }

  V decode(byte[] bytes, int length) {
    return values.decode(bytes, 0, length);
  }

  List<V> decodeAll(List<byte[]> all) {
    List<V> decoded = new ArrayList<>(all.size());
    for (byte[] bytes : all) {
      decoded.add(decode(bytes));
    }
    return decoded;
  }

  /** The value, or empty for null. */
  Optional<V> optional(byte[] bytes) {
    return bytes == null ? Optional.empty() : Optional.of(decode(bytes));
  }
}
