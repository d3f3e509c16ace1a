package io.qcache.embedded;

import java.util.concurrent.CompletableFuture;

/** When the operations of an asynchronous view run. */
interface Turn {
  /** The future of the task's result; the task runs now or later. */
  <R, T> CompletableFuture<T> take(Task<R, T> task);
}
