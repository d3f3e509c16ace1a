package io.qcache.client;

import io.qcache.client.wire.Connections;
import io.qcache.client.wire.Waiter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Operations of one database on the shared connection: waited for, or by futures.  Thread-safe. */
final class Door implements Caller, Sender {
  private final Connections connections;
  private final int database;

  Door(Connections connections, int database) {
    this.connections = connections;
    this.database = database;
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
    String name = command.request().name();
    Waiter waiter = Waiter.of(name);
    connections.sharedToWaitFor().send(database, command.request(), waiter);
    return command.result(waiter.await(name, connections.settings().commandTimeout()));
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
      connections.shared().send(database, command.request(), answer);
    } catch (RuntimeException unsent) {
      answer.completeExceptionally(unsent);
    }
    return answer;
  }
}
