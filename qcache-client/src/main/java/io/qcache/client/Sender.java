package io.qcache.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Sends an operation, now or when a body has returned, and hands out its future. */
interface Sender {
  /** What making the command throws, a codec's failure say, becomes the future's. */
  <R> CompletableFuture<R> send(Supplier<Command<R>> operation);
}
