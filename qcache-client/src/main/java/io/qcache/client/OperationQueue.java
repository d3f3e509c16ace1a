package io.qcache.client;

import io.qcache.client.wire.Connection;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the operations of a body until that has returned.  For the body's thread. */
final class OperationQueue implements Sender {
  private record Queued<R>(Command<R> command, Answer<R> answer, RuntimeException failure) {
    Connection.Sent sent() {
      return new Connection.Sent(command.request(), answer);
    }

    boolean needsServer() {
      return failure == null && !command.isKnown();
    }

    void completeAlone() {
      if (failure != null) {
        answer.completeExceptionally(failure);
      } else {
        answer.complete(command.known());
      }
    }
  }

  private final Answer.Body body = new Answer.Body();
  private final List<Queued<?>> all = new ArrayList<>();
  private final Consumer<Request> seen;

  /** {@code seen} is shown each request that is queued. */
  OperationQueue(Consumer<Request> seen) {
    this.seen = seen;
  }

  @Override public <R> CompletableFuture<R> send(Supplier<Command<R>> operation) {
    body.requireRunning();
    Queued<R> queued = queued(operation);
    all.add(queued);
    if (queued.needsServer()) {
      seen.accept(queued.command.request());
    }
    return queued.answer;
  }

  private <R> Queued<R> queued(Supplier<Command<R>> operation) {
    try {
      Command<R> command = operation.get();
      return new Queued<>(command, new Answer<>(body, command), null);
    } catch (RuntimeException failure) {
      return new Queued<>(null, new Answer<>(body, null), failure);
    }
  }

  void requireRunning() {
    body.requireRunning();
  }

  /** The body has returned: nothing more is taken, and its futures may be waited for. */
  void end() {
    body.end();
  }

  /** What is to be sent, each with the future that its reply completes. */
  List<Connection.Sent> sent() {
    List<Connection.Sent> sent = new ArrayList<>(all.size());
    for (Queued<?> queued : all) {
      if (queued.needsServer()) {
        sent.add(queued.sent());
      }
    }
    return sent;
  }

  /** Completes those that needed no server. */
  void completeAlone() {
    for (Queued<?> queued : all) {
      if (!queued.needsServer()) {
        queued.completeAlone();
      }
    }
  }

  /** Completes them all, those that were sent by their replies in order. */
  void complete(List<Reply> replies) {
    int next = 0;
    for (Queued<?> queued : all) {
      if (queued.needsServer()) {
        queued.answer.reply(replies.get(next++));
      } else {
        queued.completeAlone();
      }
    }
  }

  /** Fails those that are not completed. */
  void fail(RuntimeException reason) {
    for (Queued<?> queued : all) {
      queued.answer.completeExceptionally(reason);
    }
  }

  void forEachFuture(Consumer<CompletableFuture<?>> each) {
    for (Queued<?> queued : all) {
      each.accept(queued.answer);
    }
  }
}
