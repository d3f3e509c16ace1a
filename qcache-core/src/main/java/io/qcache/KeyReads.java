package io.qcache;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What can be asked of keys without changing them, whatever type they hold. */
public interface KeyReads<K> {
  boolean exists(K key);

  /** How many of them exist, at one instant; a key named twice counts twice. */
  long countExisting(Collection<? extends K> keys);

  /** What type the key holds, or empty where it is missing. */
  Optional<ValueType> type(K key);

  TimeToLive timeToLive(K key);

  /** The instant at which the key goes, to the millisecond; empty where it is missing or has none. */
  Optional<Instant> deadline(K key);
}
