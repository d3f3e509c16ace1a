package io.qcache.client;

import io.qcache.AsyncKeyspace;
import io.qcache.BitReads;
import io.qcache.Bytes;
import io.qcache.ConflictException;
import io.qcache.Failure;
import io.qcache.HashReads;
import io.qcache.KeyReads;
import io.qcache.ListReads;
import io.qcache.QCacheException;
import io.qcache.ReadOnly;
import io.qcache.SetReads;
import io.qcache.SortedSetReads;
import io.qcache.StringReads;
import io.qcache.Transaction;
import io.qcache.client.wire.Connection;
import io.qcache.client.wire.Lease;
import io.qcache.client.wire.Request;
import io.qcache.load.Loads;
import io.qcache.resp.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One try of {@code atomically}: WATCH and reads on a connection of its own as the body asks for them, writes queued,
 * and then MULTI, the queue and EXEC in one step.  To be closed, committed or not.  For the body's thread.
 */
final class Attempt<K, V> implements Transaction<K, V>, ReadOnly<K, V>, Caller, AutoCloseable {
  private final Lease lease;
  private final int database;
  private final Loads loads;
  private final Set<Bytes> watched = new HashSet<>();
  private final Set<Bytes> written = new HashSet<>();
  private final OperationQueue queue = new OperationQueue(this::noteWritten);
  private final StringReads<K, V> strings;
  private final BitReads<K> bits;
  private final KeyReads<K> keys;
  private final ListReads<K, V> lists;
  private final HashReads<K, V> hashes;
  private final SetReads<K, V> sets;
  private final SortedSetReads<K, V> sortedSets;
  private final AsyncKeyspace<K, V> writes;
  private boolean anyKeyWritten;
  private boolean watching; // the server watches for us
  private boolean committed;

  Attempt(Lease lease, Door door, Commands<K, V> commands) {
    this.lease = lease;
    this.database = door.database();
    this.loads = door.loads();
    this.strings = new RemoteStringReads<>(this, commands.strings());
    this.bits = new RemoteBitReads<>(this, commands.bits());
    this.keys = new RemoteKeyReads<>(this, commands.keys());
    this.lists = new RemoteListReads<>(this, commands.lists());
    this.hashes = new RemoteHashReads<>(this, commands.hashes());
    this.sets = new RemoteSetReads<>(this, commands.sets());
    this.sortedSets = new RemoteSortedSetReads<>(this, commands.sortedSets());
    this.writes = new RemoteAsync<>(queue, commands, null);
  }

  @Override public ReadOnly<K, V> read() {
    return this;
  }

  @Override public AsyncKeyspace<K, V> write() {
    return writes;
  }

  @Override public StringReads<K, V> strings() {
    return strings;
  }

  @Override public BitReads<K> bits() {
    return bits;
  }

  @Override public KeyReads<K> keys() {
    return keys;
  }

  @Override public ListReads<K, V> lists() {
    return lists;
  }

  @Override public HashReads<K, V> hashes() {
    return hashes;
  }

  @Override public SortedSetReads<K, V> sortedSets() {
    return sortedSets;
  }

  @Override public SetReads<K, V> sets() {
    return sets;
  }

  private void noteWritten(Request request) {
    anyKeyWritten |= request.mayWriteAnyKey();
    request.forEachWritten(written::add);
  }

  /** Watches keys, before the body runs. */
  void watch(List<Bytes> before) {
    if (!before.isEmpty()) {
      ask(List.of(watchRequest(before)));
    }
  }

  /** A read: what of its keys is not watched yet is, in the same step. */
  @Override public <R> R call(Command<R> command) {
    queue.requireRunning();
    if (command.isKnown()) {
      return command.known();
    }
    List<Bytes> unwatched = new ArrayList<>();
    command.request().forEachKey(key -> {
      requireUnwritten(key);
      if (!watched.contains(key)) {
        unwatched.add(key);
      }
    });
    List<Request> requests = new ArrayList<>(2);
    if (!unwatched.isEmpty()) {
      requests.add(watchRequest(unwatched));
    }
    requests.add(command.request());
    return command.result(ask(requests));
  }

  private void requireUnwritten(Bytes key) {
    if (anyKeyWritten || written.contains(key)) {
      throw new IllegalStateException("the body has written this key, and its writes are applied when it returns");
    }
  }

  private Request watchRequest(List<Bytes> all) {
    Request watch = new Request("WATCH", all.size());
    for (Bytes key : all) {
      watch.key(key.toArray());
      watched.add(key);
    }
    watching = true;
    return watch;
  }

  /** Asks a WATCH, a read, or both; the last reply.  The first that failed is thrown. */
  private Reply ask(List<Request> requests) {
    List<Reply> replies = lease.ask(database, requests);
    replies.forEach(Attempt::requireNoError);
    return replies.get(replies.size() - 1);
  }

  private static void requireNoError(Reply reply) {
    if (reply instanceof Reply.ErrorReply error) {
      throw Failure.of(error.line());
    }
  }

  /** Applies the queue as one step, unless a watched key has changed: then it answers false. */
  boolean commit() {
    queue.end();
    List<Connection.Sent> sent = queue.sent();
    if (sent.isEmpty() && !watching) {
      queue.completeAlone();
      committed = true;
      return true;
    }
    settleLoads();
    Reply exec;
    try {
      exec = exec(sent);
    } finally { // what began meanwhile may have read what was there before
      spoilLoads();
    }
    if (exec.isNull()) {
      return false;
    }
    committed = true;
    queue.complete(exec.asList());
    return true;
  }

  /**
   * What is being loaded of the keys written is stale.  What is kept of a load goes over another connection than ours,
   * so where that may have begun we wait for it: EXEC comes after it.
   */
  private void settleLoads() {
    if (loads.isEmpty()) {
      return;
    }
    spoilLoads();
    if (anyKeyWritten) {
      loads.settleAll();
    }
    for (Bytes key : written) {
      loads.settle(database, key);
    }
  }

  private void spoilLoads() {
    if (loads.isEmpty()) {
      return;
    }
    if (anyKeyWritten) {
      loads.spoilAll();
    }
    for (Bytes key : written) {
      loads.spoil(database, key);
    }
  }

  private Reply exec(List<Connection.Sent> sent) {
    List<Request> requests = new ArrayList<>(sent.size() + 2);
    requests.add(Request.of("MULTI"));
    sent.forEach(queued -> requests.add(queued.request()));
    requests.add(Request.of("EXEC"));
    List<Reply> replies = execute(requests);
    watching = false;
    Reply exec = replies.get(replies.size() - 1);
    if (exec.isError()) { // what the server would not queue says why
      replies.forEach(Attempt::requireNoError);
    }
    return exec;
  }

  private List<Reply> execute(List<Request> requests) {
    try {
      return lease.ask(database, requests);
    } catch (QCacheException lost) {
      queue.fail(lost);
      throw lost;
    }
  }

  @Override public void close() {
    queue.end();
    if (committed) {
      return;
    }
    queue.fail(new ConflictException("not applied"));
    if (watching) {
      unwatch();
    }
  }

  private void unwatch() {
    try {
      lease.tell(database, Request.of("UNWATCH"));
    } catch (QCacheException lost) {
      // With the connection its watches are gone too.
    }
  }
}
