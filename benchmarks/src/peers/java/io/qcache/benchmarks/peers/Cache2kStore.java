package io.qcache.benchmarks.peers;

import org.cache2k.Cache;
import org.cache2k.Cache2kBuilder;

/** cache2k, bounded, but never so that it evicts here. */
public final class Cache2kStore extends ByString {
  private final Cache<String, byte[]> cache =
      new Cache2kBuilder<String, byte[]>() {}.entryCapacity(100_000_000).eternal(true).build();

  @Override public Object get(String key) {
    return cache.peek(key);
  }

  @Override public void set(String key, byte[] value) {
    cache.put(key, value);
  }
}
