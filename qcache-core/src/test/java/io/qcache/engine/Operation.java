package io.qcache.engine;

import io.qcache.AsyncKeyspace;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One operation with its arguments, to be run in three places, its results made alike: text for bytes, null for
 * missing, numbers, sets of keys.  A failure is a Signal, through the Java door the future's exception.
 */
record Operation(
    String name,
    Function<Model, Object> onModel,
    Function<Engine, Object> onEngine,
    Function<AsyncKeyspace<String, String>, CompletableFuture<?>> throughDoor) {

  @Override public String toString() {
    return name;
  }
}
