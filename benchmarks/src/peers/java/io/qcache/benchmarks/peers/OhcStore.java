package io.qcache.benchmarks.peers;

import io.qcache.benchmarks.Room;
import io.qcache.benchmarks.Store;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.caffinitas.ohc.CacheSerializer;
import org.caffinitas.ohc.OHCache;
import org.caffinitas.ohc.OHCacheBuilder;

/** OHC, a cache outside the heap, which copies as QCache does. */
public final class OhcStore implements Store<byte[]> {
  private static final CacheSerializer<byte[]> AS_IT_IS = new CacheSerializer<>() {
    @Override public void serialize(byte[] value, ByteBuffer buffer) {
      buffer.putInt(value.length).put(value);
    }

    @Override public byte[] deserialize(ByteBuffer buffer) {
      byte[] value = new byte[buffer.getInt()];
      buffer.get(value);
      return value;
    }

    @Override public int serializedSize(byte[] value) {
      return 4 + value.length;
    }
  };

  private static final int OVERHEAD_BYTES = 72; // the header of an entry and the lengths that the serializer writes

  private final OHCache<byte[], byte[]> cache;

  public OhcStore(Room room) {
    cache = OHCacheBuilder.<byte[], byte[]>newBuilder().keySerializer(AS_IT_IS).valueSerializer(AS_IT_IS)
        .capacity(room.mostBytes(OVERHEAD_BYTES, 8L << 30)).build();
  }

  /** Its own loading needs an executor and futures; this is what one writes instead, and two may load at a time. */
  @Override public Object getOrLoad(byte[] key, Function<byte[], byte[]> loader) {
    byte[] there = cache.get(key);
    if (there == null) {
      there = loader.apply(key);
      cache.putIfAbsent(key, there);
    }
    return there;
  }

  @Override public byte[] key(byte[] bytes) {
    return bytes;
  }

  @Override public Object get(byte[] key) {
    return cache.get(key);
  }

  @Override public void set(byte[] key, byte[] value) {
    cache.put(key, value);
  }
}
