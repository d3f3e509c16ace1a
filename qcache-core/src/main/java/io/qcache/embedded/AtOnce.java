package io.qcache.embedded;

import io.qcache.engine.Database;
import java.util.concurrent.CompletableFuture;

/** Runs each task on the caller's thread, so that its future comes back completed. */
record AtOnce(Database database) implements Turn {
  @Override public <R, T> CompletableFuture<T> take(Task<R, T> task) {
    try {
      return CompletableFuture.completedFuture(task.now(database));
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }
}
