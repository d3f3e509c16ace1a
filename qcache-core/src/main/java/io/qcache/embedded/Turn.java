package io.qcache.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** When the operations of an asynchronous view run. */
interface Turn {
  /**
   * The future of the task's result; the task runs now or later.  What making it throws is the future's failure too.
   */
  <T> CompletableFuture<T> take(Supplier<Task<?, T>> making);
}
