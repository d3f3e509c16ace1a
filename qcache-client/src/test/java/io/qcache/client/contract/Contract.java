package io.qcache.client.contract;

import io.qcache.Keys;
import io.qcache.QCache;
import io.qcache.Strings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the parts of the contract stand on. */
interface Contract {
  Duration HOUR = Duration.ofHours(1);

  /** The cache under test, empty at the start of each test. */
  QCache cache();

  default Strings<String, String> strings() {
    return cache().strings();
  }

  default Keys<String> keys() {
    return cache().keys();
  }

  /** The failure of a future, null if it has none. */
  static Throwable failureOf(CompletableFuture<?> future) {
    try {
      future.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    }
  }
}
