package io.qcache.client;

import io.qcache.AsyncKeyspace;
import io.qcache.Bits;
import io.qcache.Bytes;
import io.qcache.Channels;
import io.qcache.ClosedException;
import io.qcache.Codec;
import io.qcache.Codecs;
import io.qcache.ConnectionException;
import io.qcache.Events;
import io.qcache.EvictionPolicy;
import io.qcache.Hashes;
import io.qcache.Keys;
import io.qcache.Keyspace;
import io.qcache.Lists;
import io.qcache.QCache;
import io.qcache.QCacheException;
import io.qcache.Sets;
import io.qcache.SortedSets;
import io.qcache.Stats;
import io.qcache.Strings;
import io.qcache.TimedOutException;
import io.qcache.Transaction;
import io.qcache.change.ListenerThread;
import io.qcache.client.channels.Relay;
import io.qcache.client.wire.Connections;
import io.qcache.load.Loads;
import io.qcache.resp.Reply;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A cache on a server that speaks RESP: {@code QCacheServer}, or any other with the commands of Redis 7.  Thread-safe,
 * and meant to be one for the whole application.
 *
 * <p>All threads share one connection, on which their requests overlap; {@code atomically} takes another from a small
 * pool.  Only the daemon threads of connections are its own.  Beyond what {@link QCache} says, a call may throw
 *
 * <ul>
 *   <li>{@link ConnectionException} when the connection was lost or can't be made; the next call tries again, but for a
 *       short pause after an attempt that failed.  Nothing is sent twice: {@code mayHaveRun()} helps to decide;
 *   <li>{@link TimedOutException} when no reply came within the command timeout.  Futures have no such limit, but
 *       a connection on which the server owes a reply and says nothing for long is given up;
 *   <li>a plain {@link QCacheException} when its thread was interrupted, whose flag stays set;
 *   <li>{@link ClosedException} when the client was closed, before or meanwhile;
 *   <li>IllegalStateException when made by a connection's own thread, in a continuation of a future: it would wait for
 *       itself.
 * </ul>
 */
public final class QCacheClient implements QCache {
  private final Connections connections;
  private final Keyspace<String, String> first;
  private final RawCommands raw;
  private final Loads loads = new Loads();
  private final Door door;
  private final Relay relay;
  private final ListenerThread listeners = new ListenerThread();
  private final Channels<String, String> channels;
  private final Events<String> events;

  QCacheClient(Connections connections) {
    this.connections = connections;
    this.door = new Door(connections, connections.settings().database(), loads);
    this.first = new RemoteKeyspace<>(door, Codecs.utf8(), Codecs.utf8());
    this.raw = new RawCommands(door);
    this.relay = new Relay(connections);
    this.channels = new RemoteChannels<>(door, relay, listeners, Codecs.utf8(), Codecs.utf8());
    this.events = new RemoteEvents<>(door, relay, listeners, Codecs.utf8());
  }

  /**
   * Connects to {@code host}, {@code host:port} (5001 unless said),
   * {@code redis://[[user]:password@]host[:port][/database]} (6379 unless said) or
   * {@code redis+unix://[[user]:password@]/path[?db=database]}, and waits until the server has let us in.
   * {@code rediss://…} speaks TLS.
   *
   * @throws IllegalArgumentException if the address is none of these
   * @throws ConnectionException if the server can't be reached
   */
  public static QCacheClient connect(String address) {
    return builder().address(address).connect();
  }

  /** A client of the host {@code localhost}, port 5001, unless told otherwise. */
  public static ClientBuilder builder() {
    return new ClientBuilder();
  }

  /**
   * Sends any command and waits for its reply; an error reply is thrown.  It goes to the database that this client was
   * connected to.  A command that blocks runs on a connection of its own, and not longer than the command timeout.
   *
   * @throws IllegalArgumentException for a command that would change the shared connection, such as SELECT, MULTI,
   *     SUBSCRIBE or AUTH
   */
  public Reply execute(String name, Bytes... arguments) {
    return raw.execute(name, arguments);
  }

  /**
   * Like {@link #execute}, but the failure is the future's, and a command that blocks may do so for as long as it
   * likes.
   */
  public CompletableFuture<Reply> executeAsync(String name, Bytes... arguments) {
    return raw.executeAsync(name, arguments);
  }

  /** The first use of an index asks the server whether there is such a database. */
  @Override public Keyspace<String, String> database(int index) {
    connections.requireDatabase(index);
    return new RemoteKeyspace<>(door.to(index), Codecs.utf8(), Codecs.utf8());
  }

  /**
   * Subscriptions have a connection of their own, for all of them.  When it is lost it is made anew and they begin again,
   * told of it by {@code interrupted}: what was published in between is lost.
   */
  @Override public Channels<String, String> channels() {
    return channels;
  }

  /** By the server's keyspace notifications, over the connection that subscriptions have. */
  @Override public Events<String> events() {
    return events;
  }

  @Override public void clearAll() {
    raw.execute("FLUSHALL");
  }

  @Override public void swapDatabases(int one, int other) {
    door.call(ServerCommands.swap(one, other));
  }

  /** By one INFO. */
  @Override public Stats stats() {
    return door.call(ServerCommands.stats());
  }

  @Override public long maxMemory() {
    return door.call(ServerCommands.maxMemory());
  }

  /** By CONFIG SET, which holds for all clients of the server, until it ends. */
  @Override public void maxMemory(long bytes) {
    ServerCommands.configure(door, ServerCommands.maxMemory(bytes));
  }

  @Override public EvictionPolicy evictionPolicy() {
    return door.call(ServerCommands.evictionPolicy());
  }

  /** By CONFIG SET, which holds for all clients of the server, until it ends. */
  @Override public void evictionPolicy(EvictionPolicy policy) {
    ServerCommands.configure(door, ServerCommands.evictionPolicy(policy));
  }

  /** The loads under way; for tests. */
  Loads loads() {
    return loads;
  }

  /** Ends waiting calls and all connections, and waits for their threads. */
  @Override public void close() {
    loads.close();
    relay.close();
    connections.close();
    listeners.close();
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

  /** The server's address and our database. */
  @Override public String toString() {
    return "QCacheClient[" + connections.settings() + "]";
  }
}
