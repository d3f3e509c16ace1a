package io.qcache;

import java.util.Locale;

/**
 * What is dropped when a write would pass the bound on memory, under the names of Redis.  The policies named LRU and LFU
 * are one and the same here, which goes by how often keys were used and by how soon they came back.
 */
public enum EvictionPolicy {
  /** Nothing: such writes are refused. */
  NOEVICTION,
  /** Of all keys those least likely to be used again. */
  ALLKEYS_LRU,
  /** Of all keys those least likely to be used again. */
  ALLKEYS_LFU,
  /** Any keys. */
  ALLKEYS_RANDOM,
  /** Of the keys with a deadline those least likely to be used again. */
  VOLATILE_LRU,
  /** Of the keys with a deadline those least likely to be used again. */
  VOLATILE_LFU,
  /** Any keys with a deadline. */
  VOLATILE_RANDOM,
  /** Of the keys with a deadline those whose deadline is nearest, by samples. */
  VOLATILE_TTL;

  private final String redisName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name that {@code maxmemory-policy} has for it, as {@code allkeys-lru}. */
  public String redisName() {
    return redisName;
  }

  /** The policy of that name; throws IllegalArgumentException where there is none. */
  public static EvictionPolicy of(String redisName) {
    for (EvictionPolicy policy : values()) {
      if (policy.redisName.equalsIgnoreCase(redisName)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("no eviction policy has the name " + redisName);
  }

  /** Whether keys without a deadline are never dropped. */
  public boolean isVolatileOnly() {
    return this == VOLATILE_LRU || this == VOLATILE_LFU || this == VOLATILE_RANDOM || this == VOLATILE_TTL;
  }

  /** Whether it goes by how often keys are used. */
  public boolean countsUses() {
    return this == ALLKEYS_LRU || this == ALLKEYS_LFU || this == VOLATILE_LRU || this == VOLATILE_LFU;
  }
}
