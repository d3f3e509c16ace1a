package io.qcache.benchmarks;

import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Slice;
import io.qcache.engine.StringOps;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The stores that are measured beside each other, each by the calls that a user of it would make. */
public enum Rival {
  /** The engine surface with ready arrays; a get returns a fresh copy. */
  QCACHE(EngineStore::new),
  /** A map of references: nothing is copied, bounded or expired. */
  CONCURRENT_HASH_MAP(MapStore::new);

  private final Supplier<Store> maker;

  Rival(Supplier<Store> maker) {
    this.maker = maker;
  }

  Store open() {
    return maker.get();
  }

  /** What every rival can do.  Thread-safe. */
  interface Store {
    byte[] get(byte[] key);

    void set(byte[] key, byte[] value);
  }

  private static final class EngineStore implements Store {
    private final Database database = Engine.open(new Engine.Settings()).database(0);

    @Override public byte[] get(byte[] key) {
      Copy copy = new Copy();
      StringOps.get(database, new Slice().wrap(key), copy);
      return copy.bytes;
    }

    @Override public void set(byte[] key, byte[] value) {
      StringOps.set(database, new Slice().wrap(key), new Slice().wrap(value), StringOps.If.ALWAYS, Deadline.NONE, null);
    }
  }

  private static final class MapStore implements Store {
    private final ConcurrentHashMap<Key, byte[]> map = new ConcurrentHashMap<>();

    @Override public byte[] get(byte[] key) {
      return map.get(new Key(key));
    }

    @Override public void set(byte[] key, byte[] value) {
      map.put(new Key(key), value);
    }
  }

  private record Key(byte[] bytes) {
    @Override public boolean equals(Object other) {
      return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
