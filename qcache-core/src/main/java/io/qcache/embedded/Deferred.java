package io.qcache.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The future of an operation that runs when its body has returned.  Waiting for it inside the body would be waiting for
 * ever, so it throws; the same holds for futures derived from it.
 */
final class Deferred<T> extends CompletableFuture<T> {
  /** The body of a pipeline or transaction, while it runs and after. */
  static final class Body {
    private volatile boolean ended;

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
        throw new IllegalStateException("its future completes when the body of the pipeline or transaction has returned");
      }
    }
  }

  private final Body body;

  Deferred(Body body) {
    this.body = body;
  }

  @Override public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Deferred<>(body);
  }

  @Override public T get() throws InterruptedException, ExecutionException {
    body.requireEnded();
    return super.get();
  }

  @Override public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
    body.requireEnded();
    return super.get(timeout, unit);
  }

  @Override public T join() {
    body.requireEnded();
    return super.join();
  }
}
