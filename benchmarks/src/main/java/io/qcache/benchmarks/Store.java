package io.qcache.benchmarks;

import java.util.function.Function;

/**
 * A store that is measured, by the calls that a user of it would make, with keys in the form that a user of it would
 * have ready.  Thread-safe.
 */
public interface Store<K> {
  /** The key in the store's own form, made once and used often. */
  K key(byte[] bytes);

  /** The value, or null; fresh or the store's own, as it comes. */
  Object get(K key);

  /** Copies the value into the array and answers its length; only where the store has such a call. */
  default int get(K key, byte[] into) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no get into a buffer");
  }

  void set(K key, byte[] value);

  /** The value, which the loader brings where it is missing; one load a key at a time, as far as the store has that. */
  Object getOrLoad(K key, Function<K, byte[]> loader);

  /**
   * The store of that name: here, or among the peers where they were built with {@code -Ppeers}.  With
   * {@code @bytes} behind the name a store of strings is asked with arrays, as QCache is.
   */
  @SuppressWarnings("unchecked") // the only stores of other keys have arrays already
  static Store<?> open(String name, Room room) {
    if (name.endsWith(Stores.BYTES)) {
      String inner = name.substring(0, name.length() - Stores.BYTES.length());
      return new Stores.FromBytes((Store<String>) open(inner, room));
    }
    return switch (name) {
      case "QCache" -> new Stores.QCacheEngine(room);
      case "QCacheBytes" -> new Stores.QCacheBytes(room);
      case "QCacheString" -> new Stores.QCacheString(room);
      case "ConcurrentHashMap" -> new Stores.PlainMap(room);
      default -> peer(name, room);
    };
  }

  private static Store<?> peer(String name, Room room) {
    try {
      return (Store<?>) Class.forName("io.qcache.benchmarks.peers." + name + "Store")
          .getConstructor(Room.class).newInstance(room);
    } catch (ReflectiveOperationException missing) {
      throw new IllegalArgumentException("no store " + name + ": was it built with -Ppeers?", missing);
    }
  }
}
