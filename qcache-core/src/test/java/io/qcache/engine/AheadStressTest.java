package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Keys are touched while others set and delete them, and whole pages go: nothing fails, and nothing is changed. */
class AheadStressTest {
  private static final int KEYS = 60_000;
  private static final int WRITES = 300_000;

  private static byte[] key(int i) {
    return ("key" + i).getBytes(StandardCharsets.US_ASCII);
  }

  @Test void touching_besideWriters_failsNever() throws Exception {
    try (Engine engine = Engine.open(new Engine.Settings())) {
      Database db = engine.database(0);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread writer = new Thread(() -> write(db));
      writer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
      writer.start();
      Ahead ahead = new Ahead();
      Random random = new Random(3);
      while (writer.isAlive()) {
        while (!ahead.isFull()) {
          byte[] key = key(random.nextInt(2 * KEYS));
          ahead.add(db, key, 0, key.length);
        }
        ahead.touch();
        ahead.touch(); // of none
        assertThat(ahead.isFull()).isFalse();
      }
      assertThat(failure.get()).isNull();
    }
  }

  private static void write(Database db) {
    Random random = new Random(4);
    Slice key = new Slice();
    Slice value = new Slice();
    Slices deleted = new Slices();
    for (int i = 0; i < WRITES; i++) {
      if (random.nextInt(4) > 0) {
        StringOps.set(db, key.wrap(key(random.nextInt(KEYS))), value.wrap(new byte[random.nextInt(500)]),
            StringOps.If.ALWAYS, Deadline.NONE, null);
      } else {
        deleted.clear();
        deleted.add(key(random.nextInt(KEYS)));
        KeyOps.delete(db, deleted, 0);
      }
    }
  }
}
