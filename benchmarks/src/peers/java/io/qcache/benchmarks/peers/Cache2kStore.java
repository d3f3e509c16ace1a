package io.qcache.benchmarks.peers;

import io.qcache.benchmarks.Room;
import java.util.function.Function;
import org.cache2k.Cache;
import org.cache2k.Cache2kBuilder;

/** cache2k, bounded. */
public final class Cache2kStore extends ByString {
  private final Cache<String, byte[]> cache;

  @SuppressWarnings("unchecked") // it has no name for the type of arrays
  public Cache2kStore(Room room) {
    cache = (Cache<String, byte[]>) (Cache<?, ?>)
        Cache2kBuilder.forUnknownTypes().entryCapacity(room.mostEntries()).eternal(true).build();
  }

  @Override public Object getOrLoad(String key, Function<String, byte[]> loader) {
    return cache.computeIfAbsent(key, loader);
  }

  @Override public Object get(String key) {
    return cache.peek(key);
  }

  @Override public void set(String key, byte[] value) {
    cache.put(key, value);
  }
}
