package io.qcache.benchmarks;

/**
 * A store that is measured, by the calls that a user of it would make, with keys in the form that a user of it would
 * have ready.
 * Thread-safe.
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

  /**
   * The store of that name: here, or among the peers where they were built with {@code -Ppeers}.  With
   * {@code @bytes} behind the name a store of strings is asked with arrays, as QCache is.
   */
  @SuppressWarnings("unchecked") // the only stores of other keys have arrays already
  static Store<?> open(String name) {
    if (name.endsWith(Stores.BYTES)) {
      return new Stores.FromBytes((Store<String>) open(name.substring(0, name.length() - Stores.BYTES.length())));
    }
    return switch (name) {
      case "QCache" -> new Stores.QCacheEngine();
      case "QCacheBytes" -> new Stores.QCacheBytes();
      case "QCacheString" -> new Stores.QCacheString();
      case "ConcurrentHashMap" -> new Stores.PlainMap();
      default -> peer(name);
    };
  }

  private static Store<?> peer(String name) {
    try {
      return (Store<?>) Class.forName("io.qcache.benchmarks.peers." + name + "Store").getConstructor().newInstance();
    } catch (ReflectiveOperationException missing) {
      throw new IllegalArgumentException("no store " + name + ": was it built with -Ppeers?", missing);
    }
  }
}
