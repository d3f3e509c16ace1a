package io.qcache.client;

import io.qcache.Sets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Sets: each operation's command, waited for. */
final class RemoteSets<K, V> extends RemoteSetReads<K, V> implements Sets<K, V> {
  RemoteSets(Caller caller, SetCommands<K, V> commands) {
    super(caller, commands);
  }

  @Override public boolean add(K key, V member) {
    return caller.call(commands.add(key, member));
  }

  @Override public long addAll(K key, Collection<? extends V> members) {
    return caller.call(commands.addAll(key, members));
  }

  @Override public boolean remove(K key, V member) {
    return caller.call(commands.remove(key, member));
  }

  @Override public long removeAll(K key, Collection<? extends V> members) {
    return caller.call(commands.removeAll(key, members));
  }

  @Override public Optional<V> poll(K key) {
    return caller.call(commands.poll(key));
  }

  @Override public Set<V> poll(K key, long most) {
    return caller.call(commands.poll(key, most));
  }

  @Override public boolean move(K from, K to, V member) {
    return caller.call(commands.move(from, to, member));
  }

  @Override public long storeUnion(K to, Collection<? extends K> keys) {
    return caller.call(commands.storeUnion(to, keys));
  }

  @Override public long storeIntersection(K to, Collection<? extends K> keys) {
    return caller.call(commands.storeIntersection(to, keys));
  }

  @Override public long storeDifference(K to, K from, Collection<? extends K> without) {
    return caller.call(commands.storeDifference(to, from, without));
  }
}
