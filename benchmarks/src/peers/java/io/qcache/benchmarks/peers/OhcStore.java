package io.qcache.benchmarks.peers;

import io.qcache.benchmarks.Store;
import java.nio.ByteBuffer;
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

  private final OHCache<byte[], byte[]> cache = OHCacheBuilder.<byte[], byte[]>newBuilder()
      .keySerializer(AS_IT_IS).valueSerializer(AS_IT_IS).capacity(8L << 30).build();

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
