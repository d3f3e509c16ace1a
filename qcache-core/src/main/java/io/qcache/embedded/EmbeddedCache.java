package io.qcache.embedded;

import io.qcache.AsyncKeyspace;
import io.qcache.Bits;
import io.qcache.Channels;
import io.qcache.ClosedException;
import io.qcache.Codec;
import io.qcache.Codecs;
import io.qcache.Events;
import io.qcache.EvictionPolicy;
import io.qcache.Hashes;
import io.qcache.Keys;
import io.qcache.Keyspace;
import io.qcache.Lists;
import io.qcache.QCache;
import io.qcache.Sets;
import io.qcache.SortedSets;
import io.qcache.Stats;
import io.qcache.Strings;
import io.qcache.Transaction;
import io.qcache.engine.Database;
import io.qcache.engine.Engine;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Signal;
import io.qcache.load.Loads;
import java.util.Collection;
import java.util.function.Function;

/** The Java door of an engine in this JVM: database 0 as text, and the way to the others. */
public final class EmbeddedCache implements QCache {
  private final Engine engine;
  private final Loads loads = new Loads();
  private final Keyspace<String, String> first;
  private final Channels<String, String> channels;
  private final Events<String> events;

  public EmbeddedCache(Engine engine) {
    this.engine = engine;
    this.first = keyspace(engine.database(0));
    this.channels = new EmbeddedChannels<>(engine, Codecs.utf8(), Codecs.utf8());
    this.events = new EmbeddedEvents<>(engine, Codecs.utf8());
  }

  public Engine engine() {
    return engine;
  }

  /** The loads under way; for tests. */
  Loads loads() {
    return loads;
  }

  private Keyspace<String, String> keyspace(Database database) {
    return new EmbeddedKeyspace<>(database, Codecs.utf8(), Codecs.utf8(), loads);
  }

  private Database find(int index) {
    requireOpen(engine);
    try {
      return engine.database(index);
    } catch (Signal none) {
      throw none.failure().exception();
    }
  }

  static void requireOpen(Engine engine) {
    if (engine.isClosed()) {
      throw new ClosedException("the cache is closed");
    }
  }

  @Override public Keyspace<String, String> database(int index) {
    return keyspace(find(index));
  }

  @Override public Channels<String, String> channels() {
    return channels;
  }

  @Override public Events<String> events() {
    return events;
  }

  @Override public void clearAll() {
    requireOpen(engine);
    KeyOps.clearAll(engine);
  }

  @Override public void swapDatabases(int one, int other) {
    KeyOps.swap(find(one), find(other));
  }

  @Override public Stats stats() {
    requireOpen(engine);
    return new Stats(engine.hits(), engine.misses(), engine.evictedKeys(), engine.expiredKeys(), engine.size(),
        engine.memory().usedBytes(), engine.memory().maxBytes());
  }

  @Override public long maxMemory() {
    requireOpen(engine);
    return engine.memory().maxBytes();
  }

  @Override public void maxMemory(long bytes) {
    requireOpen(engine);
    engine.memory().maxBytes(bytes);
  }

  @Override public EvictionPolicy evictionPolicy() {
    requireOpen(engine);
    return engine.evictionPolicy();
  }

  @Override public void evictionPolicy(EvictionPolicy policy) {
    requireOpen(engine);
    engine.evictionPolicy(policy);
  }

  @Override public void close() {
    engine.close();
    loads.close();
  }

  @Override public Strings<String, String> strings() {
    return first.strings();
  }

  @Override public Bits<String> bits() {
    return first.bits();
  }

  @Override public Keys<String> keys() {
    return first.keys();
  }

  @Override public Lists<String, String> lists() {
    return first.lists();
  }

  @Override public Hashes<String, String> hashes() {
    return first.hashes();
  }

  @Override public Sets<String, String> sets() {
    return first.sets();
  }

  @Override public SortedSets<String, String> sortedSets() {
    return first.sortedSets();
  }

  @Override public <A, B> Keyspace<A, B> as(Codec<A> keys, Codec<B> values) {
    return first.as(keys, values);
  }

  @Override public AsyncKeyspace<String, String> async() {
    return first.async();
  }

  @Override public <R> R pipeline(Function<? super AsyncKeyspace<String, String>, R> body) {
    return first.pipeline(body);
  }

  @Override public <R> R atomically(
      Collection<? extends String> keys, Function<? super Transaction<String, String>, R> body) {
    return first.atomically(keys, body);
  }
}
