package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.MemoryLimitException;
import io.qcache.QCache;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {
  private static Slice slice(String text) {
    return new Slice().wrap(text.getBytes());
  }

  @ParameterizedTest @ValueSource(longs = {64 << 10, 1 << 20, 32 << 20})
  void writesBeyondTheBound_areRefused_andTheBoundHoldsButForAPageAStripe(long bound) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Engine engine = Engine.open(new Engine.Settings().maxBytes(bound));
    Database db = engine.database(0);
    int refused = 0;
    for (int i = 0; refused < 2_000; i++) {
      Slice value = new Slice().wrap(new byte[random.nextInt(random.nextInt(50) == 0 ? 20_000 : 200)]);
      try {
        StringOps.set(db, slice("key" + i), value, StringOps.If.ALWAYS, Deadline.NONE, null);
      } catch (Signal full) {
        assertThat(full.failure().line()).isEqualTo("OOM command not allowed when used memory > 'maxmemory'.");
        refused++;
      }
      long slack = (long) engine.stripes() * engine.pageBytes() + 70_000;
      assertThat(engine.memory().usedBytes()).as("seed " + seed).isLessThanOrEqualTo(bound + slack);
    }
    assertThat(engine.memory().usedBytes()).isGreaterThan(bound / 10 * 8);
  }

  @Test void whatIsDeleted_makesRoom_afterARefusal() {
    try (QCache cache = QCache.builder().maxMemory(1 << 20).open()) {
      String value = "x".repeat(1_000);
      assertThatThrownBy(() -> {
        for (int i = 0; ; i++) {
          cache.set("a" + i, value);
        }
      }).isInstanceOf(MemoryLimitException.class);
      long held = cache.keys().size();
      assertThat(held).isGreaterThan(700);
      assertThatThrownBy(() -> cache.setAll(Map.of("b", value, "c", value))).isInstanceOf(MemoryLimitException.class);
      assertThat(cache.exists("b")).isFalse();
      for (int i = 0; i < held; i += 2) {
        assertThat(cache.delete("a" + i)).isTrue();
      }
      for (int i = 0; i < held / 2 - 60; i++) {
        cache.set("b" + i, value);
      }
    }
  }

  @Test void overwritingForEver_takesNoMoreMemory() {
    Engine engine = Engine.open(new Engine.Settings().maxBytes(8 << 20));
    Database db = engine.database(0);
    Random random = new Random(3);
    for (int i = 0; i < 400_000; i++) {
      Slice value = new Slice().wrap(new byte[random.nextInt(300)]);
      StringOps.set(db, slice("key" + random.nextInt(5_000)), value, StringOps.If.ALWAYS, Deadline.NONE, null);
    }
    long live = 5_000 * (150 + 12 + 13);
    assertThat(engine.memory().usedBytes()).isLessThan(live * 2);
  }

  @Test void anEmptyCacheAndASmallOne_takeLittle() {
    Engine engine = Engine.open(new Engine.Settings());
    assertThat(engine.memory().usedBytes()).isZero();
    for (int i = 0; i < 1_000; i++) {
      StringOps.set(engine.database(0), slice("key" + i), new Slice().wrap(new byte[100]), StringOps.If.ALWAYS, Deadline.NONE, null);
    }
    assertThat(engine.memory().usedBytes()).isLessThan(256 << 10);
  }

  @Test void boundsThatCannotBe_areRefusedByName() {
    assertThatThrownBy(() -> QCache.builder().maxMemory(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxMemory must be from 0").hasMessageContaining("was -1");
    assertThatThrownBy(() -> QCache.builder().maxMemory(Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("three quarters of the heap");
  }

  @Test void aHintOfEveryDeadlineThatWasReplaced_isForgottenInTime() {
    Engine engine = Engine.open(new Engine.Settings().maxBytes(8 << 20).stripes(1));
    Database db = engine.database(0);
    Slices key = new Slices();
    key.add("session".getBytes());
    for (int i = 0; i < 300_000; i++) {
      StringOps.set(db, key.get(0), slice("value"), StringOps.If.ALWAYS, engine.nowMillis() + 3_600_000 + i, null);
      KeyOps.delete(db, key, 0);
    }
    assertThat(engine.memory().usedBytes()).isLessThan(200_000);
  }
}
