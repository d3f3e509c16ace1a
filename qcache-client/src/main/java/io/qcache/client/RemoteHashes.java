package io.qcache.client;

import io.qcache.ExpireIf;
import io.qcache.Hashes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Hashes: each operation's command, waited for. */
final class RemoteHashes<K, V> extends RemoteHashReads<K, V> implements Hashes<K, V> {
  RemoteHashes(Caller caller, HashCommands<K, V> commands) {
    super(caller, commands);
  }

  @Override public boolean set(K key, K field, V value) {
    return caller.call(commands.set(key, field, value));
  }

  @Override public long setAll(K key, Map<? extends K, ? extends V> entries) {
    return caller.call(commands.setAll(key, entries));
  }

  @Override public boolean setIfAbsent(K key, K field, V value) {
    return caller.call(commands.setIfAbsent(key, field, value));
  }

  @Override public boolean delete(K key, K field) {
    return caller.call(commands.delete(key, field));
  }

  @Override public long delete(K key, Collection<? extends K> fields) {
    return caller.call(commands.delete(key, fields));
  }

  @Override public long increment(K key, K field, long by) {
    return caller.call(commands.increment(key, field, by));
  }

  @Override public double increment(K key, K field, double by) {
    return caller.call(commands.increment(key, field, by));
  }

  @Override public boolean expire(K key, K field, Duration timeToLive, ExpireIf condition) {
    return caller.call(commands.expire(key, field, timeToLive, condition));
  }

  @Override public boolean expireAt(K key, K field, Instant deadline, ExpireIf condition) {
    return caller.call(commands.expireAt(key, field, deadline, condition));
  }

  @Override public boolean persist(K key, K field) {
    return caller.call(commands.persist(key, field));
  }
}
