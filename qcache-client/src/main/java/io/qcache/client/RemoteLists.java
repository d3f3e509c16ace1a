package io.qcache.client;

import io.qcache.ListEnd;
import io.qcache.Lists;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists: each operation's command, waited for. */
final class RemoteLists<K, V> extends RemoteListReads<K, V> implements Lists<K, V> {
  RemoteLists(Caller caller, ListCommands<K, V> commands) {
    super(caller, commands);
  }

  @Override public long addAllFirst(K key, Collection<? extends V> elements) {
    return caller.call(commands.addAll(key, elements, ListEnd.FIRST, false));
  }

  @Override public long addAllLast(K key, Collection<? extends V> elements) {
    return caller.call(commands.addAll(key, elements, ListEnd.LAST, false));
  }

  @Override public long addAllFirstIfPresent(K key, Collection<? extends V> elements) {
    return caller.call(commands.addAll(key, elements, ListEnd.FIRST, true));
  }

  @Override public long addAllLastIfPresent(K key, Collection<? extends V> elements) {
    return caller.call(commands.addAll(key, elements, ListEnd.LAST, true));
  }

  @Override public Optional<V> pollFirst(K key) {
    return caller.call(commands.poll(key, ListEnd.FIRST));
  }

  @Override public Optional<V> pollLast(K key) {
    return caller.call(commands.poll(key, ListEnd.LAST));
  }

  @Override public List<V> pollFirst(K key, long most) {
    return caller.call(commands.poll(key, ListEnd.FIRST, most));
  }

  @Override public List<V> pollLast(K key, long most) {
    return caller.call(commands.poll(key, ListEnd.LAST, most));
  }

  @Override public Optional<Map.Entry<K, List<V>>> pollAny(Collection<? extends K> keys, ListEnd end, long most) {
    return caller.call(commands.pollAny(keys, end, most));
  }

  @Override public Optional<Map.Entry<K, List<V>>> pollAny(
      Collection<? extends K> keys, ListEnd end, long most, Duration timeout) {
    return caller.call(commands.pollAny(keys, end, most, timeout));
  }

  @Override public Optional<V> move(K from, ListEnd fromEnd, K to, ListEnd toEnd) {
    return caller.call(commands.move(from, fromEnd, to, toEnd));
  }

  @Override public Optional<V> move(K from, ListEnd fromEnd, K to, ListEnd toEnd, Duration timeout) {
    return caller.call(commands.move(from, fromEnd, to, toEnd, timeout));
  }

  @Override public void set(K key, long index, V element) {
    caller.call(commands.set(key, index, element));
  }

  @Override public long insertBefore(K key, V pivot, V element) {
    return caller.call(commands.insert(key, true, pivot, element));
  }

  @Override public long insertAfter(K key, V pivot, V element) {
    return caller.call(commands.insert(key, false, pivot, element));
  }

  @Override public long remove(K key, V element, ListEnd from, long most) {
    return caller.call(commands.remove(key, element, from, most));
  }

  @Override public void trim(K key, long first, long last) {
    caller.call(commands.trim(key, first, last));
  }
}
