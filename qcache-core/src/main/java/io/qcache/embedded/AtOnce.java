package io.qcache.embedded;

import io.qcache.engine.Database;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs each task on the caller's thread, so that its future comes back completed. */
record AtOnce(Database database) implements Turn {
  @Override public <T> CompletableFuture<T> take(Supplier<Task<?, T>> making) {
    try {
      return CompletableFuture.completedFuture(making.get().now(database));
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }
}
