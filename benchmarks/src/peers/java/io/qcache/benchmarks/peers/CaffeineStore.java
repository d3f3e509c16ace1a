package io.qcache.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qcache.benchmarks.Room;
import java.util.function.Function;

/** Caffeine, bounded as one would bound it. */
public final class CaffeineStore extends ByString {
  private final Cache<String, byte[]> cache;

  public CaffeineStore(Room room) {
    cache = Caffeine.newBuilder().maximumSize(room.mostEntries()).build();
  }

  @Override public Object getOrLoad(String key, Function<String, byte[]> loader) {
    return cache.get(key, loader);
  }

  @Override public Object get(String key) {
    return cache.getIfPresent(key);
  }

  @Override public void set(String key, byte[] value) {
    cache.put(key, value);
  }
}
