package io.qcache.client;

import io.qcache.client.wire.Call;
import io.qcache.client.wire.Loss;
import io.qcache.resp.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The future of an operation.  While the body that asked for it runs, nothing of it has been sent, so to wait for it
 * there would be to wait for ever: that throws IllegalStateException, for futures derived from it too.
 */
final class Answer<T> extends CompletableFuture<T> implements Call {
  /** The body of a pipeline or transaction, while it runs and after. */
  static final class Body {
    private volatile boolean ended;

    /** For what is sent at once. */
    static Body none() {
      return ENDED;
    }

    private static final Body ENDED = new Body();

    static {
      ENDED.end();
    }

    void end() {
      ended = true;
    }

    void requireRunning() {
      if (ended) {
        throw new IllegalStateException("the pipeline or transaction has ended");
      }
    }

    private void requireEnded() {
      if (!ended) {
        throw new IllegalStateException("futures complete when the body of the pipeline or transaction has returned");
      }
    }
  }

  private final Body body;
  private final Command<T> command; // null of a derived future, and where the command could not be made

  Answer(Body body, Command<T> command) {
    this.body = body;
    this.command = command;
  }

  /** Completes it by what the reply means. */
  @Override public void reply(Reply reply) {
    try {
      complete(command.result(reply));
    } catch (Throwable failure) { // the codec's, perhaps
      completeExceptionally(failure);
    }
  }

  @Override public void lost(Loss why, boolean mayHaveRun) {
    completeExceptionally(why.exception(mayHaveRun));
  }

  @Override public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Answer<>(body, null);
  }

  @Override public T get() throws InterruptedException, ExecutionException {
    body.requireEnded();
    return super.get();
  }

  @Override public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    body.requireEnded();
    return super.get(timeout, unit);
  }

  @Override public T join() {
    body.requireEnded();
    return super.join();
  }

  /** The result of a completed future; its failure is thrown as it is. */
  static <T> T resultOf(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed;
    }
  }
}
