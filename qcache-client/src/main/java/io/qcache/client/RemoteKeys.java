package io.qcache.client;

import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.Keys;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keys: each operation's command, waited for. */
final class RemoteKeys<K> extends RemoteKeyReads<K> implements Keys<K> {
  RemoteKeys(Caller caller, KeyCommands<K> commands) {
    super(caller, commands);
  }

  @Override public boolean delete(K key) {
    return caller.call(commands.delete(key));
  }

  @Override public long delete(Collection<? extends K> keys) {
    return caller.call(commands.delete(keys));
  }

  @Override public long touch(Collection<? extends K> keys) {
    return caller.call(commands.touch(keys));
  }

  @Override public boolean expire(K key, Duration timeToLive, ExpireIf condition) {
    return caller.call(commands.expire(key, timeToLive, condition));
  }

  @Override public boolean expireAt(K key, Instant deadline, ExpireIf condition) {
    return caller.call(commands.expireAt(key, deadline, condition));
  }

  @Override public boolean persist(K key) {
    return caller.call(commands.persist(key));
  }

  @Override public void rename(K from, K to) {
    caller.call(commands.rename(from, to));
  }

  @Override public boolean renameIfAbsent(K from, K to) {
    return caller.call(commands.renameIfAbsent(from, to));
  }

  @Override public boolean copy(K from, K to, CopyOptions options) {
    return caller.call(commands.copy(from, to, options));
  }

  @Override public boolean move(K key, int database) {
    return caller.call(commands.move(key, database));
  }

  @Override public Optional<K> random() {
    return caller.call(commands.random());
  }

  @Override public ScanPage<K> scanPage(long cursor, ScanOptions options) {
    return caller.call(commands.scanPage(cursor, options));
  }

  @Override public List<K> matching(String glob) {
    return caller.call(commands.matching(glob));
  }

  @Override public long size() {
    return caller.call(commands.size());
  }

  @Override public void clear() {
    caller.call(commands.clear());
  }
}
