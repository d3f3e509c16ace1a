package io.qcache.client;

import io.qcache.client.wire.Call;
import io.qcache.client.wire.Connection;
import io.qcache.client.wire.Connections;
import io.qcache.client.wire.Lease;
import io.qcache.client.wire.Loss;
import io.qcache.client.wire.Request;
import io.qcache.client.wire.Waiter;
import io.qcache.load.Loads;
import io.qcache.resp.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Operations of one database on the shared connection, those for which the server waits on one of their own: waited for, or by
 * futures.  Thread-safe.
 */
final class Door implements Caller, Sender {
  private final Connections connections;
  private final int database;
  private final Loads loads; // of the whole client

  Door(Connections connections, int database, Loads loads) {
    this.connections = connections;
    this.database = database;
    this.loads = loads;
  }

  /** The same connections, another database. */
  Door to(int index) {
    return new Door(connections, index, loads);
  }

  Loads loads() {
    return loads;
  }

  /**
   * Told before a request is sent: what is being loaded of the keys that it may change is stale.  On the shared
   * connection what is kept of a load goes out before the request, or not at all.
   */
  void changes(Request request) {
    if (!loads.isEmpty()) {
      if (request.mayWriteAnyKey()) {
        loads.spoilAll();
      }
      request.forEachWritten(key -> loads.spoil(database, key));
    }
  }

  /**
   * The call, which tells of the change once more before it hears of the reply: a load that began when the first was
   * told may have read what was there before the request was carried out, and is not for who asks after it.
   */
  Call telling(Request request, Call call) {
    return request.mayWrite() ? new Telling(request, call) : call;
  }

  private final class Telling implements Call {
    private final Request request;
    private final Call call;

    Telling(Request request, Call call) {
      this.request = request;
      this.call = call;
    }

    @Override public void reply(Reply reply) {
      changes(request);
      call.reply(reply);
    }

    @Override public void lost(Loss why, boolean mayHaveRun) {
      changes(request);
      call.lost(why, mayHaveRun);
    }
  }

  Connections connections() {
    return connections;
  }

  int database() {
    return database;
  }

  /** The reply is taken apart on the caller's thread, so codecs and exceptions are where they belong. */
  @Override public <R> R call(Command<R> command) {
    if (command.isKnown()) {
      connections.requireOpen();
      return command.known();
    }
    if (command.isWaiting()) {
      return callAlone(command);
    }
    String name = command.request().name();
    Waiter waiter = Waiter.of(name);
    changes(command.request());
    connections.sharedToWaitFor().send(database, command.request(), telling(command.request(), waiter));
    return command.result(waiter.await(name, connections.settings().commandTimeout()));
  }

  /** Once it is given up its connection is too: the server then takes nothing any more for who is gone. */
  private <R> R callAlone(Command<R> command) {
    String name = command.request().name();
    connections.sharedToWaitFor(); // not on the thread of all the others' replies
    try (Lease lease = connections.lease()) {
      Waiter waiter = Waiter.of(name);
      changes(command.request());
      lease.sendPatiently(database, command.request(), telling(command.request(), waiter));
      Reply reply = waiter.await(name, connections.settings().commandTimeout().plusMillis(command.waitMillis()));
      lease.answered();
      return command.result(reply);
    }
  }

  /** Keeps what was loaded, unless that holds, and waits for the reply. */
  void keepUnless(BooleanSupplier stale, Command<?> command) {
    String name = command.request().name();
    Waiter waiter = Waiter.of(name);
    List<Connection.Sent> sent = List.of(new Connection.Sent(command.request(), waiter));
    if (connections.sharedToWaitFor().sendUnless(stale, database, sent)) {
      command.result(waiter.await(name, connections.settings().commandTimeout()));
    }
  }

  /** The same by a future. */
  <R> CompletableFuture<R> keepUnlessAsync(BooleanSupplier stale, Command<R> command) {
    Answer<R> answer = new Answer<>(Answer.Body.none(), command);
    List<Connection.Sent> sent = List.of(new Connection.Sent(command.request(), answer));
    if (!connections.shared().sendUnless(stale, database, sent)) {
      answer.complete(null);
    }
    return answer;
  }

  @Override public <R> CompletableFuture<R> send(Supplier<Command<R>> operation) {
    Command<R> command;
    try {
      command = operation.get();
      connections.requireOpen();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
    return command.isKnown() ? CompletableFuture.completedFuture(command.known()) : send(command);
  }

  private <R> CompletableFuture<R> send(Command<R> command) {
    Answer<R> answer = new Answer<>(Answer.Body.none(), command);
    try {
      changes(command.request());
      connections.shared().send(database, command.request(), telling(command.request(), answer));
    } catch (RuntimeException unsent) {
      answer.completeExceptionally(unsent);
    }
    return answer;
  }
}
