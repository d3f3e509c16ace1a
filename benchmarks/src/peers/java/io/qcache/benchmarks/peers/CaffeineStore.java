package io.qcache.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Caffeine, bounded as one would bound it, but never so that it evicts here. */
public final class CaffeineStore extends ByString {
  private final Cache<String, byte[]> cache = Caffeine.newBuilder().maximumSize(100_000_000).build();

  @Override public Object get(String key) {
    return cache.getIfPresent(key);
  }

  @Override public void set(String key, byte[] value) {
    cache.put(key, value);
  }
}
