package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class WarmupTest {
  @Test void everyClassItNames_isThere() {
    assertThatCode(() -> {
      Warmup.load(Warmup.FIRST);
      Warmup.load(Warmup.CLASSES);
    }).doesNotThrowAnyException();
  }
}
