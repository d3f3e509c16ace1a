package io.qcache.engine;

import io.qcache.Failure;

/**
 * How an operation of the engine says that it failed: one for each {@link Failure}, made once, without a stack trace,
 * so that a client that provokes errors costs no more than one that does not.  Each door turns it into its own form.
 */
public final class Signal extends RuntimeException {
  private static final Signal[] SIGNALS = new Signal[Failure.values().length];

  static {
    for (Failure failure : Failure.values()) {
      SIGNALS[failure.ordinal()] = new Signal(failure);
    }
  }

  private final transient Failure failure;

  private Signal(Failure failure) {
    super(failure.line(), null, false, false);
    this.failure = failure;
  }

  public static Signal of(Failure failure) {
    return SIGNALS[failure.ordinal()];
  }

  public Failure failure() {
    return failure;
  }
}
