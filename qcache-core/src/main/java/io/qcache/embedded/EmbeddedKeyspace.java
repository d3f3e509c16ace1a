package io.qcache.embedded;

import io.qcache.AsyncKeyspace;
import io.qcache.Bits;
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
import io.qcache.engine.Database;
import io.qcache.load.Loads;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** One database of an engine, seen through two codecs. */
final class EmbeddedKeyspace<K, V> implements Keyspace<K, V> {
  private static final int TRIES = 64;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000;

  private final Coded<K, V> coded;
  private final EmbeddedStrings<K, V> strings;
  private final EmbeddedBits<K> bits;
  private final EmbeddedKeys<K> keys;
  private final EmbeddedLists<K, V> lists;
  private final EmbeddedHashes<K, V> hashes;
  private final EmbeddedSets<K, V> sets;
  private final EmbeddedSortedSets<K, V> sortedSets;
  private final AsyncKeyspace<K, V> async;
  private final Loads loads; // of the whole cache

  EmbeddedKeyspace(Database database, Codec<K> keyCodec, Codec<V> valueCodec, Loads loads) {
    this.loads = loads;
    coded = new Coded<>(database, Objects.requireNonNull(keyCodec), Objects.requireNonNull(valueCodec));
    strings = new EmbeddedStrings<>(coded, this, loads);
    bits = new EmbeddedBits<>(new BitTasks<>(coded), database);
    keys = new EmbeddedKeys<>(new KeyTasks<>(coded), database);
    lists = new EmbeddedLists<>(new ListTasks<>(coded), database);
    hashes = new EmbeddedHashes<>(new HashTasks<>(coded), database);
    sets = new EmbeddedSets<>(new SetTasks<>(coded), database);
    sortedSets = new EmbeddedSortedSets<>(new SortedSetTasks<>(coded), database);
    async = new EmbeddedAsync<>(coded, new AtOnce(database), strings.loads());
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
    return new EmbeddedKeyspace<>(coded.database(), otherKeys, otherValues, loads);
  }

  @Override public AsyncKeyspace<K, V> async() {
    return async;
  }

  @Override public <R> R pipeline(Function<? super AsyncKeyspace<K, V>, R> body) {
    coded.requireOpen();
    Queue queue = new Queue();
    try {
      R result = body.apply(new EmbeddedAsync<>(coded, queue, null));
      queue.end();
      coded.requireOpen();
      queue.runOneByOne(coded.database());
      return result;
    } catch (Throwable thrown) { // checked ones too, from callers in other languages
      queue.end();
      queue.fail(thrown); // somebody may have been handed a future of the body's
      throw thrown;
    }
  }

  @Override public <R> R atomically(
      Collection<? extends K> watched, Function<? super Transaction<K, V>, R> body) {
    coded.requireOpen();
    for (int conflicts = 0; conflicts < TRIES; conflicts++) {
      pause(conflicts);
      try (EmbeddedTransaction<K, V> transaction = new EmbeddedTransaction<>(coded, this)) {
        watched.forEach(transaction::watch);
        R result = body.apply(transaction);
        if (transaction.commit()) {
          return result;
        }
      }
    }
    throw new ConflictException("given up after " + TRIES + " conflicts");
  }

  /** Lets others get through: not at all before the first conflict, at random longer after each. */
  private static void pause(int conflicts) {
    if (conflicts > 0) {
      long most = Math.min(LONGEST_PAUSE_NANOS, 1_000L << Math.min(conflicts, 20));
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }
  }
}
