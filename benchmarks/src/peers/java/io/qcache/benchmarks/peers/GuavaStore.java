package io.qcache.benchmarks.peers;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

/** Guava's cache, bounded, but never so that it evicts here. */
public final class GuavaStore extends ByString {
  private final Cache<String, byte[]> cache = CacheBuilder.newBuilder().maximumSize(100_000_000).build();

  @Override public Object get(String key) {
    return cache.getIfPresent(key);
  }

  @Override public void set(String key, byte[] value) {
    cache.put(key, value);
  }
}
