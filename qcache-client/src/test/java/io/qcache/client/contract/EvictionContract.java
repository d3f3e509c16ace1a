package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.EvictionPolicy;
import io.qcache.MemoryLimitException;
import io.qcache.Stats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bound, what is dropped where it is reached, and what is told of both. */
interface EvictionContract extends Contract {
  /** A page a stripe, and what another server takes beside its keys while it works. */
  long SLACK = 1 << 20;

  @AfterEach default void letItBeAsBefore() {
    try {
      cache().evictionPolicy(EvictionPolicy.NOEVICTION);
      cache().maxMemory(0);
    } catch (RuntimeException closed) {
      // the test has closed the cache
    }
  }

  @Test default void stats_countWhatIsLookedUp_inAllDatabases() {
    cache().setAll(Map.of("a", "1", "b", "2"));
    cache().database(3).set("c", "3");
    Stats before = cache().stats();
    assertThat(before.entries()).isEqualTo(3);
    assertThat(cache().get("a")).contains("1");
    assertThat(cache().getAll(List.of("a", "b", "x"))).hasSize(2);
    assertThat(cache().database(3).exists("c")).isTrue();
    assertThat(cache().get("y")).isEmpty();
    assertThat(cache().keys().type("z")).isEmpty();
    cache().set("a", "2");
    cache().delete("nobody");
    cache().strings().increment("n");
    Stats after = cache().stats();
    assertThat(after.hits() - before.hits()).isEqualTo(4);
    assertThat(after.misses() - before.misses()).isEqualTo(3);
    assertThat(after.entries()).isEqualTo(4);
    assertThat(after.hitRatio()).isBetween(0.0, 1.0);
    assertThat(after.usedBytes()).isPositive();
    assertThat(after.evictions()).isEqualTo(before.evictions());
    assertThat(after.expirations()).isEqualTo(before.expirations());
  }

  @Test default void evictionPolicy_isOneOfEight_atRunTime() {
    for (EvictionPolicy policy : EvictionPolicy.values()) {
      cache().evictionPolicy(policy);
      assertThat(cache().evictionPolicy()).isSameAs(policy);
    }
    assertThatThrownBy(() -> cache().evictionPolicy(null)).isInstanceOf(NullPointerException.class);
    assertThat(cache().evictionPolicy()).isSameAs(EvictionPolicy.VOLATILE_TTL);
  }

  @Test default void maxMemory_isTheBound_andKeysAreDroppedForIt() {
    cache().evictionPolicy(EvictionPolicy.ALLKEYS_LRU);
    cache().maxMemory(8 << 20);
    assertThat(cache().maxMemory()).isEqualTo(8 << 20);
    long before = cache().stats().evictions();
    String value = "x".repeat(10_000);
    for (int i = 0; i < 2_000; i++) {
      cache().set("k" + i, value);
    }
    Stats stats = cache().stats();
    assertThat(stats.maxBytes()).isEqualTo(8 << 20);
    assertThat(stats.usedBytes()).isBetween(4L << 20, (8 << 20) + SLACK);
    assertThat(stats.entries()).isBetween(300L, 850L);
    assertThat(stats.evictions() - before).isEqualTo(2_000 - stats.entries());
  }

  @Test default void aFullCache_refusesWrites_whereNothingMayBeDropped_andGivesAndDeletesWhatItHas() {
    cache().maxMemory(8 << 20);
    String value = "x".repeat(10_000);
    assertThatThrownBy(() -> {
      for (int i = 0; i < 2_000; i++) {
        cache().set("k" + i, value);
      }
    }).isInstanceOf(MemoryLimitException.class);
    assertThat(cache().get("k0")).contains(value);
    cache().evictionPolicy(EvictionPolicy.VOLATILE_LFU); // of which there is none
    assertThatThrownBy(() -> cache().setAll(Map.of("a", value, "b", value))).isInstanceOf(MemoryLimitException.class);
    for (int i = 0; i < 200; i++) {
      assertThat(cache().delete("k" + i)).isTrue();
    }
    cache().set("k0", value);
    assertThat(cache().stats().entries()).isGreaterThan(100);
  }

  @Test default void aBoundThatCannotBe_isRefused_andTheOldOneStays() {
    cache().maxMemory(8 << 20);
    assertThatThrownBy(() -> cache().maxMemory(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThat(cache().maxMemory()).isEqualTo(8 << 20);
  }
}
