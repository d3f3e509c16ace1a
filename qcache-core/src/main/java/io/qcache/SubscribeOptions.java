package io.qcache;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/** How a subscription is served.  An immutable value. */
public final class SubscribeOptions {
  private static final SubscribeOptions STANDARD = new SubscribeOptions(32 << 20, null);
  private static final long LEAST_BYTES = 1 << 10;

  private final long queueBytes;
  private final Executor executor; // null: the cache's

  private SubscribeOptions(long queueBytes, Executor executor) {
    this.queueBytes = queueBytes;
    this.executor = executor;
  }

  /** 32 MiB of queue; listeners on the one daemon thread that the cache has for them. */
  public static SubscribeOptions standard() {
    return STANDARD;
  }

  /**
   * How much may wait to be taken, in bytes of messages, channel names and some 100 for each; at least 1,024.  A longer
   * message still comes where nothing else waits.
   */
  public SubscribeOptions queueBytes(long bytes) {
    if (bytes < LEAST_BYTES) {
      throw new IllegalArgumentException("queueBytes must be >= " + LEAST_BYTES + ": was " + bytes);
    }
    return new SubscribeOptions(bytes, executor);
  }

  /**
   * Where the listener is called.  One that runs it on the thread that hands over makes publishers of this JVM wait for
   * the listener.
   */
  public SubscribeOptions executor(Executor listeners) {
    return new SubscribeOptions(queueBytes, Objects.requireNonNull(listeners, "executor"));
  }

  public long queueBytes() {
    return queueBytes;
  }

  /** The executor, where one was given. */
  public Optional<Executor> executor() {
    return Optional.ofNullable(executor);
  }
}
