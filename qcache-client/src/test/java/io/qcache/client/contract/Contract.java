package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.Keys;
import io.qcache.QCache;
import io.qcache.Strings;
import java.time.Duration;
import java.util.Map;
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

  /** Futures have come to what was expected: a result, or the class of a failure. */
  static void verify(Map<CompletableFuture<?>, Object> asked) {
    asked.forEach((future, expected) -> {
      if (expected instanceof Class<?> failure) {
        assertThat(failureOf(future)).isInstanceOf(failure);
      } else {
        assertThat((Object) future.join()).isEqualTo(expected);
      }
    });
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
