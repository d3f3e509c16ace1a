package io.qcache.client;

import io.qcache.QCacheException;
import io.qcache.TimedOutException;
import io.qcache.client.wire.Connection;
import io.qcache.client.wire.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Sends all that a body asks for in one step, and waits until the last of its futures is complete. */
final class Pipeline {
  private final Door door;
  private final Duration timeout;
  private final OperationQueue queue = new OperationQueue(request -> { });

  Pipeline(Door door) {
    this.door = door;
    this.timeout = door.connections().settings().commandTimeout();
  }

  <R> R run(Function<Sender, R> body) {
    door.connections().requireOpen();
    try {
      R result = body.apply(queue);
      queue.end();
      send();
      return result;
    } finally {
      queue.end();
      queue.fail(new QCacheException("not sent, as the body of the pipeline has failed")); // all others are complete
    }
  }

  private void send() {
    List<Connection.Sent> sent = queue.sent();
    try {
      if (!sent.isEmpty()) {
        sent.forEach(each -> door.changes(each.request()));
        sent.replaceAll(each -> new Connection.Sent(each.request(), door.telling(each.request(), each.call())));
        door.connections().sharedToWaitFor().send(door.database(), sent);
      }
    } catch (QCacheException unsent) { // seen in each future, like everything that happens to an operation
      queue.fail(unsent);
      return;
    }
    queue.completeAlone();
    awaitAll();
  }

  private void awaitAll() {
    try {
      queue.forEachFuture(this::await);
    } catch (QCacheException givenUp) {
      queue.fail(givenUp);
      throw givenUp;
    }
  }

  /**
   * Each reply has the whole timeout from the one before on: a long pipeline that makes progress is none that hangs.
   */
  private void await(CompletableFuture<?> future) {
    try {
      future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TimedOutException("the pipeline", timeout);
    } catch (InterruptedException e) {
      throw Waiter.interrupted("the pipeline was interrupted: some of it may have been carried out, or may yet be");
    } catch (ExecutionException | CancellationException seenInTheFuture) {
      // That is where it belongs.
    }
  }
}
