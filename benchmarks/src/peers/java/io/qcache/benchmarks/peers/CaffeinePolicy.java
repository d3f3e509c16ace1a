package io.qcache.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qcache.benchmarks.hits.Policy;

/** Caffeine itself; its upkeep runs on the caller's thread, so that it evicts at once and every run is the same. */
public final class CaffeinePolicy implements Policy {
  private final Cache<Integer, Boolean> cache;

  public CaffeinePolicy(int entries) {
    cache = Caffeine.newBuilder().maximumSize(entries).initialCapacity(entries).executor(Runnable::run).build();
  }

  @Override public boolean get(int key) {
    if (cache.getIfPresent(key) != null) {
      return true;
    }
    cache.put(key, Boolean.TRUE);
    return false;
  }

  @Override public int resident() {
    return (int) cache.estimatedSize();
  }
}
