package io.qcache.benchmarks;

import io.qcache.Codecs;
import io.qcache.Keyspace;
import io.qcache.QCache;
import io.qcache.embedded.EmbeddedCache;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Sink;
import io.qcache.engine.Slice;
import io.qcache.engine.StringOps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The stores that need nothing but the JDK and QCache. */
final class Stores {
  /** Behind a store's name: what {@link FromBytes} makes of it. */
  static final String BYTES = "@bytes";

  private Stores() {}

  /** Keys that are ready-made strings, whose hash is cached in them: what maps of objects like best. */
  abstract static class ByString implements Store<String> {
    @Override public String key(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** A store of strings as one asks it who has arrays, from a network say: each call makes the key. */
  static final class FromBytes implements Store<byte[]> {
    private final Store<String> store;

    FromBytes(Store<String> store) {
      this.store = store;
    }

    @Override public byte[] key(byte[] bytes) {
      return bytes;
    }

    @Override public Object get(byte[] key) {
      return store.get(new String(key, StandardCharsets.ISO_8859_1));
    }

    @Override public void set(byte[] key, byte[] value) {
      store.set(new String(key, StandardCharsets.ISO_8859_1), value);
    }

    @Override public Object getOrLoad(byte[] key, Function<byte[], byte[]> loader) {
      return store.getOrLoad(new String(key, StandardCharsets.ISO_8859_1), missing -> loader.apply(key));
    }
  }

  /** Calls of the engine surface with ready arrays. */
  static final class QCacheEngine implements Store<byte[]> {
    private static final ThreadLocal<Hands> HANDS = ThreadLocal.withInitial(Hands::new);
    private final Database database;
    private final Keyspace<byte[], byte[]> door;

    QCacheEngine(Room room) {
      Engine engine = room.engine();
      database = engine.database(0);
      door = new EmbeddedCache(engine).as(Codecs.byteArray(), Codecs.byteArray());
    }

    /** The engine has no such call: it is the Java door's. */
    @Override public Object getOrLoad(byte[] key, Function<byte[], byte[]> loader) {
      return door.getOrLoad(key, loader).orElseThrow();
    }

    /** What a thread uses again and again, as an event loop does. */
    private static final class Hands implements Sink {
      final Slice key = new Slice();
      final Slice value = new Slice();
      byte[] into; // null: a fresh copy
      byte[] copy;
      int length;

      @Override public void value(byte[] array, int offset, int count) {
        length = count;
        if (into == null) {
          copy = Arrays.copyOfRange(array, offset, offset + count);
        } else {
          System.arraycopy(array, offset, into, 0, count);
        }
      }

      @Override public void begin(int count) {
        throw new UnsupportedOperationException("values here are small");
      }

      @Override public void part(byte[] array, int offset, int count) {}

      @Override public void missing() {
        copy = null;
        length = -1;
      }

      @Override public long mark() {
        return 0;
      }

      @Override public void rewind(long mark) {}
    }

    @Override public byte[] key(byte[] bytes) {
      return bytes;
    }

    @Override public Object get(byte[] key) {
      Hands hands = HANDS.get();
      hands.into = null;
      StringOps.get(database, hands.key.wrap(key), hands);
      return hands.copy;
    }

    @Override public int get(byte[] key, byte[] into) {
      Hands hands = HANDS.get();
      hands.into = into;
      StringOps.get(database, hands.key.wrap(key), hands);
      return hands.length;
    }

    @Override public void set(byte[] key, byte[] value) {
      Hands hands = HANDS.get();
      StringOps.set(database, hands.key.wrap(key), hands.value.wrap(value), StringOps.If.ALWAYS, Deadline.NONE, null);
    }
  }

  /** The Java door with arrays as keys and values. */
  static final class QCacheBytes implements Store<byte[]> {
    private final Keyspace<byte[], byte[]> keyspace;

    QCacheBytes(Room room) {
      keyspace = new EmbeddedCache(room.engine()).as(Codecs.byteArray(), Codecs.byteArray());
    }

    @Override public Object getOrLoad(byte[] key, Function<byte[], byte[]> loader) {
      return keyspace.getOrLoad(key, loader).orElseThrow();
    }

    @Override public byte[] key(byte[] bytes) {
      return bytes;
    }

    @Override public Object get(byte[] key) {
      return keyspace.get(key).orElse(null);
    }

    @Override public int get(byte[] key, byte[] into) {
      return keyspace.strings().get(key, into, 0);
    }

    @Override public void set(byte[] key, byte[] value) {
      keyspace.set(key, value);
    }
  }

  /** The Java door as it comes: strings. */
  static final class QCacheString extends ByString {
    private final QCache cache;
    private final Keyspace<String, byte[]> bytes;

    QCacheString(Room room) {
      cache = new EmbeddedCache(room.engine());
      bytes = cache.as(Codecs.utf8(), Codecs.byteArray());
    }

    @Override public Object getOrLoad(String key, Function<String, byte[]> loader) {
      return bytes.getOrLoad(key, loader).orElseThrow();
    }

    @Override public Object get(String key) {
      return cache.get(key).orElse(null);
    }

    @Override public void set(String key, byte[] value) {
      bytes.set(key, value);
    }
  }

  /** A map of references: nothing is copied, bounded or expired. */
  static final class PlainMap extends ByString {
    private final ConcurrentHashMap<String, byte[]> map = new ConcurrentHashMap<>();

    PlainMap(Room room) {
      if (room.isBounded()) {
        throw new IllegalArgumentException("a plain map has no bound");
      }
    }

    @Override public Object getOrLoad(String key, Function<String, byte[]> loader) {
      return map.computeIfAbsent(key, loader);
    }

    @Override public Object get(String key) {
      return map.get(key);
    }

    @Override public void set(String key, byte[] value) {
      map.put(key, value);
    }
  }
}
