package io.qcache.engine;

import static io.qcache.engine.Engines.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomKeyTest {
  private final FakeClock clock = new FakeClock();

  private static String random(Database db) {
    ValueList out = new ValueList();
    KeyOps.random(db, out);
    return out.only() == null ? null : new String(out.only());
  }

  @Test void aDatabaseWithoutKeys_hasNone() {
    Engine engine = Engines.open(4);
    assertThat(random(engine.database(0))).isNull();
    set(engine.database(1), "k", "x");
    assertThat(random(engine.database(0))).isNull();
    assertThat(random(engine.database(1))).isEqualTo("k");
  }

  @Test void everyKey_isGivenNowAndThen() {
    long seed = System.nanoTime();
    Engine engine = Engine.open(Engines.settings(2, clock).random(new Random(seed)));
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      set(engine.database(0), "k" + i, "x");
    }
    for (int i = 0; i < 5_000; i++) {
      counts.merge(random(engine.database(0)), 1, Integer::sum);
    }
    assertThat(counts).as("seed %d", seed).hasSize(20);
    assertThat(counts.values()).as("seed %d", seed).allMatch(count -> count > 50);
  }

  @Test void theOnlyKeyThatLives_isFoundAmongManyThatAreDue() {
    for (int round = 0; round < 5; round++) {
      Engine engine = Engine.open(Engines.settings(1, clock).random(new Random(round)));
      Database db = engine.database(0);
      for (int i = 0; i < 5_000; i++) {
        set(db, "due" + i, "x", clock.millis() + 1);
      }
      set(db, "lives", "x");
      set(engine.database(1), "due", "x", clock.millis() + 1);
      clock.step(1);
      assertThat(random(db)).isEqualTo("lives");
      assertThat(random(engine.database(1))).isNull();
      engine.close();
    }
  }

  @Test void aGeneratorThatIsGiven_isUsedByOneThreadAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean met = new AtomicBoolean();
    Random source = new Random(1);
    RandomGenerator fragile = () -> {
      met.compareAndSet(false, inside.incrementAndGet() > 1);
      Thread.yield();
      long next = source.nextLong();
      inside.decrementAndGet();
      return next;
    };
    Engine engine = Engine.open(Engines.settings(8, clock).random(fragile));
    for (int i = 0; i < 100; i++) {
      set(engine.database(0), "k" + i, "x");
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Engines.start(() -> {
        for (int n = 0; n < 2_000; n++) {
          random(engine.database(0));
        }
      }));
    }
    threads.forEach(Engines::finish);
    assertThat(met).isFalse();
  }
}
