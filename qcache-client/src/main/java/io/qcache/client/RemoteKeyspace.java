package io.qcache.client;

import io.qcache.AsyncKeyspace;
import io.qcache.Bits;
import io.qcache.Bytes;
import io.qcache.Codec;
import io.qcache.ConflictException;
import io.qcache.Hashes;
import io.qcache.Keys;
import io.qcache.Keyspace;
import io.qcache.Lists;
import io.qcache.Sets;
import io.qcache.SortedSets;
import io.qcache.Strings;
import io.qcache.Transaction;
import io.qcache.client.wire.Lease;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** One database of a server, seen through two codecs. */
final class RemoteKeyspace<K, V> implements Keyspace<K, V> {
  private static final int TRIES = 64;
  private static final long LONGEST_PAUSE_NANOS = 4_000_000;

  private final Door door;
  private final Codec<K> keyCodec;
  private final Commands<K, V> commands;
  private final Strings<K, V> strings;
  private final Bits<K> bits;
  private final Keys<K> keys;
  private final Lists<K, V> lists;
  private final Hashes<K, V> hashes;
  private final Sets<K, V> sets;
  private final SortedSets<K, V> sortedSets;
  private final AsyncKeyspace<K, V> async;

  RemoteKeyspace(Door door, Codec<K> keyCodec, Codec<V> valueCodec) {
    this.door = door;
    this.keyCodec = keyCodec;
    commands = Commands.of(keyCodec, valueCodec, door.database());
    RemoteLoads<K, V> loads = new RemoteLoads<>(door, commands.strings());
    strings = new RemoteStrings<>(door, commands.strings(), this, loads);
    bits = new RemoteBits<>(door, commands.bits());
    keys = new RemoteKeys<>(door, commands.keys());
    lists = new RemoteLists<>(door, commands.lists());
    hashes = new RemoteHashes<>(door, commands.hashes());
    sets = new RemoteSets<>(door, commands.sets());
    sortedSets = new RemoteSortedSets<>(door, commands.sortedSets());
    async = new RemoteAsync<>(door, commands, loads);
  }

  @Override public Strings<K, V> strings() {
    return strings;
  }

  @Override public Bits<K> bits() {
    return bits;
  }

  @Override public Keys<K> keys() {
    return keys;
  }

  @Override public Lists<K, V> lists() {
    return lists;
  }

  @Override public Hashes<K, V> hashes() {
    return hashes;
  }

  @Override public Sets<K, V> sets() {
    return sets;
  }

  @Override public SortedSets<K, V> sortedSets() {
    return sortedSets;
  }

  @Override public <A, B> Keyspace<A, B> as(Codec<A> otherKeys, Codec<B> otherValues) {
    return new RemoteKeyspace<>(door, otherKeys, otherValues);
  }

  @Override public AsyncKeyspace<K, V> async() {
    return async;
  }

  @Override public <R> R pipeline(Function<? super AsyncKeyspace<K, V>, R> body) {
    return new Pipeline(door).run(queue -> body.apply(new RemoteAsync<>(queue, commands, null)));
  }

  @Override public <R> R atomically(Collection<? extends K> watched, Function<? super Transaction<K, V>, R> body) {
    List<Bytes> before = encoded(watched);
    try (Lease lease = door.connections().lease()) {
      for (int conflicts = 0; conflicts < TRIES; conflicts++) {
        pause(conflicts);
        try (Attempt<K, V> attempt = new Attempt<>(lease, door, commands)) {
          attempt.watch(before);
          R result = body.apply(attempt);
          if (attempt.commit()) {
            return result;
          }
        }
      }
    }
    throw new ConflictException("given up after " + TRIES + " conflicts");
  }

  private List<Bytes> encoded(Collection<? extends K> all) {
    List<Bytes> encoded = new ArrayList<>(all.size());
    for (K key : all) {
      encoded.add(Bytes.copyOf(keyCodec.encode(Objects.requireNonNull(key, "key"))));
    }
    return encoded;
  }

  /** Lets others get through: not at all before the first conflict, at random longer after each. */
  private static void pause(int conflicts) {
    if (conflicts > 0) {
      long most = Math.min(LONGEST_PAUSE_NANOS, 10_000L << Math.min(conflicts, 20));
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }
  }
}
