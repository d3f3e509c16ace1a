package io.qcache.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.MemoryLimitException;
import io.qcache.QCache;
import io.qcache.TimeToLive;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.KeyOps;
import io.qcache.engine.StringOps;
import io.qcache.engine.ValueList;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code getOrLoad} of the embedded door: what its contract cannot see from outside. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoadTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeClock clock = new FakeClock();
  private final Engine engine = Engine.open(Engines.settings(4, clock));
  private final EmbeddedCache cache = new EmbeddedCache(engine);

  @AfterEach void nothingIsLeft() {
    assertThat(cache.loads().isEmpty()).isTrue();
    assertThat(Engines.isFree(engine)).isTrue();
    cache.close();
  }

  private Optional<String> load(String value) {
    return cache.getOrLoad("k", MINUTE, key -> value);
  }

  @Test void theTimeToLive_countsFromWhenTheValueIsStored_andThenItIsLoadedAgain() {
    assertThat(cache.getOrLoad("k", MINUTE, key -> {
      clock.step(Duration.ofHours(1));
      return "1";
    })).contains("1");
    assertThat(cache.keys().timeToLive("k")).isEqualTo(TimeToLive.ofMillis(60_000));
    clock.step(59_999);
    assertThat(load("2")).contains("1");
    clock.step(1);
    assertThat(load("2")).contains("2");
    clock.step(59_999);
    assertThat(load("3")).contains("2");
  }

  @Test void theLoader_runsUnderNoLock() {
    cache.getOrLoad("k", key -> {
      assertThat(Engines.isFree(engine)).isTrue();
      return "v";
    });
  }

  /** A server's commands come this way. */
  @Test void aDeleteOrAWriteThatComesByTheEngine_isSeenToo() {
    cache.getOrLoad("k", key -> {
      KeyOps.delete(engine.database(0), Engines.slices("other", "k"), 0);
      return "old";
    });
    assertThat(cache.get("k")).isEmpty();
    cache.getOrLoad("k", key -> {
      StringOps.getAndDelete(engine.database(0), Engines.slice("k"), new ValueList());
      return "old";
    });
    assertThat(cache.get("k")).isEmpty();
    cache.getOrLoad("k", key -> {
      KeyOps.clearAll(engine);
      return "old";
    });
    assertThat(cache.get("k")).isEmpty();
    cache.getOrLoad("k", key -> {
      Engines.set(engine.database(0), "k", "new");
      return "old";
    });
    assertThat(cache.get("k")).contains("new");
  }

  @Test void aValueSetAndExpiredMeanwhile_leavesNothing() {
    cache.getOrLoad("k", key -> {
      cache.strings().set(key, "short", Duration.ofSeconds(1));
      clock.step(Duration.ofSeconds(2));
      return "old";
    });
    assertThat(cache.get("k")).isEmpty();
  }

  @Test void aKeyThatHasExpired_butIsNotGone_isLoaded_andKept() {
    cache.strings().set("k", "short", Duration.ofSeconds(1));
    clock.step(Duration.ofSeconds(2));
    assertThat(load("v")).contains("v");
    assertThat(cache.get("k")).contains("v");
  }

  @Test void aFullStore_returnsWhatWasLoaded_andLoadsAgain() {
    try (QCache full = QCache.builder().maxMemory(64 << 10).open()) {
      assertThatThrownBy(() -> {
        for (int i = 0; ; i++) {
          full.set("a" + i, "x".repeat(100));
        }
      }).isInstanceOf(MemoryLimitException.class);
      String large = "x".repeat(10_000);
      AtomicInteger loads = new AtomicInteger();
      for (int i = 1; i <= 3; i++) {
        assertThat(full.getOrLoad("large", key -> large + loads.incrementAndGet())).contains(large + i);
        assertThat(full.async().getOrLoad("larger", key -> CompletableFuture.completedFuture(large)).join()).contains(large);
      }
    }
  }

  @Test void whateverTheWayOut_nothingStaysOnTheTable() {
    load("v");
    cache.delete("k");
    load(null);
    assertThatThrownBy(() -> cache.getOrLoad("k", key -> {
      throw new IllegalStateException("mine");
    })).hasMessage("mine");
    assertThatThrownBy(() -> cache.getOrLoad("k", key -> cache.getOrLoad(key, again -> "v").orElseThrow()))
        .isInstanceOf(IllegalStateException.class);
    cache.async().getOrLoad("k", key -> null);
    cache.async().getOrLoad("k", key -> CompletableFuture.failedFuture(new IllegalStateException("mine")));
    assertThat(cache.loads().isEmpty()).isTrue();
    CompletableFuture<String> late = new CompletableFuture<>();
    cache.async().getOrLoad("k", key -> late);
    assertThat(cache.loads().size()).isEqualTo(1);
    cache.close();
    assertThat(cache.loads().isEmpty()).isTrue();
    late.complete("v");
    assertThat(cache.loads().isEmpty()).isTrue();
  }

  /** The bytes that a hundred calls allocate, in some rounds: compilation, which comes when it likes, makes them fewer. */
  private static LongSummaryStatistics allocated(Runnable call) {
    com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    call.run();
    LongSummaryStatistics rounds = new LongSummaryStatistics();
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 100; i++) {
        call.run();
      }
      rounds.accept(threads.getThreadAllocatedBytes(thread) - before);
    }
    return rounds;
  }

  @Test void aHit_allocatesNoMoreThanAGet() {
    cache.set("k", "v");
    long byGet = allocated(() -> cache.get("k")).getMax();
    assertThat(allocated(() -> cache.getOrLoad("k", key -> "no")).getMin()).isLessThanOrEqualTo(byGet);
    assertThat(allocated(() -> cache.getOrLoad("k", MINUTE, key -> "no")).getMin()).isLessThanOrEqualTo(byGet);
  }
}
