package io.qcache.load;

import java.util.concurrent.CompletableFuture;

/** What a future came to, the failure being the very one it was completed with: join and get would wrap it. */
record Outcome<T>(T value, Throwable failure) {
  /** The outcome of a future that is complete. */
  static <T> Outcome<T> of(CompletableFuture<T> done) {
    if (done.isDone() && !done.isCompletedExceptionally()) {
      return new Outcome<>(done.join(), null);
    }
    return done.<Outcome<T>>handle(Outcome::new).join();
  }

  T valueOrThrow() {
    if (failure != null) {
      throw Outcome.<RuntimeException>unchecked(failure);
    }
    return value;
  }

  /** Loaders in other languages throw checked exceptions too: they come out as they went in. */
  @SuppressWarnings("unchecked") // nothing is cast: the compiler is told that it is unchecked
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }
}
