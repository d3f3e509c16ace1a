package io.qcache.embedded;

import io.qcache.engine.Database;
import io.qcache.engine.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the tasks of a body until that has returned: for a pipeline, which then runs them one by one, or a transaction,
 * which runs them under its plan.  For the body's thread.
 */
final class Queue implements Turn {
  private final List<Queued<?, ?>> tasks = new ArrayList<>();
  private final Deferred.Body body = new Deferred.Body();

  @Override public <T> CompletableFuture<T> take(Supplier<Task<?, T>> making) {
    body.requireRunning();
    Queued<?, T> queued = new Queued<>(made(making), new Deferred<>(body));
    tasks.add(queued);
    return queued.future;
  }

  private static <T> Task<?, T> made(Supplier<Task<?, T>> making) {
    try {
      return making.get();
    } catch (RuntimeException failure) { // it fails in its turn, when the others run
      return Task.failing(failure);
    }
  }

  void requireRunning() {
    body.requireRunning();
  }

  /** The body has returned: nothing more is taken, and its futures may be waited for. */
  void end() {
    body.end();
  }

  void forEach(Consumer<Task<?, ?>> each) {
    tasks.forEach(queued -> each.accept(queued.task));
  }

  void runOneByOne(Database database) {
    for (Queued<?, ?> queued : tasks) {
      queued.run(database);
      queued.complete();
    }
  }

  /** Runs them in bytes, under the caller's plan. */
  void run(Database database) {
    for (Queued<?, ?> queued : tasks) {
      queued.run(database);
    }
  }

  /** Decodes what they gave, under no lock. */
  void complete() {
    for (Queued<?, ?> queued : tasks) {
      queued.complete();
    }
  }

  void fail(Throwable reason) {
    for (Queued<?, ?> queued : tasks) {
      queued.future.completeExceptionally(reason);
    }
  }

  private static final class Queued<R, T> {
    private final Task<R, T> task;
    private final Deferred<T> future;
    private R raw;
    private Throwable failure;

    Queued(Task<R, T> task, Deferred<T> future) {
      this.task = task;
      this.future = future;
    }

    void run(Database database) {
      try {
        raw = task.run(database);
      } catch (Signal signal) {
        failure = signal.failure().exception();
      } catch (Throwable thrown) { // the others run, as they would remotely
        failure = thrown;
      }
    }

    void complete() {
      if (failure != null) {
        future.completeExceptionally(failure);
        return;
      }
      try {
        future.complete(task.decode(raw));
      } catch (Throwable ofCodec) { // of this one: the others complete
        future.completeExceptionally(ofCodec);
      }
    }
  }
}
