package io.qcache.benchmarks.peers;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.qcache.benchmarks.Room;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Guava's cache, bounded. */
public final class GuavaStore extends ByString {
  private final Cache<String, byte[]> cache;

  public GuavaStore(Room room) {
    cache = CacheBuilder.newBuilder().maximumSize(room.mostEntries()).build();
  }

  @Override public Object getOrLoad(String key, Function<String, byte[]> loader) {
    try {
      return cache.get(key, () -> loader.apply(key));
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override public Object get(String key) {
    return cache.getIfPresent(key);
  }

  @Override public void set(String key, byte[] value) {
    cache.put(key, value);
  }
}
