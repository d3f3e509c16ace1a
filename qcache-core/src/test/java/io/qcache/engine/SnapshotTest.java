package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  /** Keeps what a snapshot gives as text, {@code database:key} to the value. */
  private static class Collected implements SnapshotSink {
    final Map<String, byte[]> all = new HashMap<>();
    private String name;
    private byte[] value;
    private int filled;

    @Override public void key(int database, ValueType type, long deadlineMillis, Slice key) {
      name = database + ":" + key + (deadlineMillis == Deadline.NONE ? "" : "@" + deadlineMillis);
    }

    private void put(byte[] bytes) {
      assertThat(all.put(name, bytes)).as("once: " + name).isNull();
    }

    @Override public void elements(long count) {}

    @Override public void value(byte[] array, int offset, int length) {
      put(Arrays.copyOfRange(array, offset, offset + length));
    }

    @Override public void begin(int length) {
      value = new byte[length];
      filled = 0;
      put(value);
    }

    @Override public void part(byte[] array, int offset, int length) {
      System.arraycopy(array, offset, value, filled, length);
      filled += length;
    }

    @Override public void missing() {
      throw new AssertionError("a snapshot misses nothing");
    }

    @Override public long mark() {
      return 0;
    }

    @Override public void rewind(long mark) {}
  }

  private final Random random = new Random();
  private Engine engine;

  private static Slice slice(String text) {
    return new Slice().wrap(text.getBytes());
  }

  private void write() {
    Database db = engine.database(random.nextInt(3));
    Slice key = slice("key" + random.nextInt(150));
    byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 200_000 : 100) + 1];
    random.nextBytes(value);
    Slices keys = new Slices();
    keys.add(key.copy());
    switch (random.nextInt(30)) {
      case 0, 1, 2 -> KeyOps.delete(db, keys, 0);
      case 3, 4 -> StringOps.append(db, key, new Slice().wrap(value));
      case 5, 6 -> StringOps.setRange(db, key, random.nextInt(50), new Slice().wrap(value));
      case 7, 8 -> KeyOps.expire(db, key, engine.nowMillis() + 1_000_000 + random.nextInt(1_000), 0);
      case 9 -> KeyOps.persist(db, key);
      case 10, 11 -> KeyOps.copy(db, key, engine.database(0), slice("copy" + random.nextInt(50)), true);
      case 12 -> KeyOps.move(db, key, engine.database((db.index() + 1) % 3));
      case 13 -> {
        if (random.nextInt(30) == 0) {
          KeyOps.clear(db);
        } else if (random.nextInt(10) == 0) {
          KeyOps.swap(db, engine.database(0));
        }
      }
      default -> StringOps.set(db, key, new Slice().wrap(value), StringOps.If.ALWAYS, Deadline.NONE, null);
    }
  }

  private Map<String, byte[]> present() {
    Map<String, byte[]> all = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      Database db = engine.database(i);
      ValueList keys = new ValueList();
      KeyOps.matching(db, new Glob(new byte[] {'*'}), keys);
      for (byte[] key : keys.all()) {
        ValueList value = new ValueList();
        StringOps.get(db, new Slice().wrap(key), value);
        long deadline = KeyOps.deadline(db, new Slice().wrap(key));
        all.put(i + ":" + new String(key) + (deadline == Deadline.NONE ? "" : "@" + deadline), value.only());
      }
    }
    return all;
  }

  @ParameterizedTest @ValueSource(ints = {1, 4})
  void aSnapshot_isWhatWasThereWhenItBegan_whateverIsWrittenWhileItIsWalked(int stripes) {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    engine = Engine.open(new Engine.Settings().stripes(stripes).maxBytes(256 << 20));
    for (int round = 0; round < 25; round++) {
      for (int i = 0; i < 400; i++) {
        write();
      }
      Map<String, byte[]> then = present();
      int writes = random.nextInt(20);
      Collected snapshot = new Collected() {
        @Override public void key(int database, ValueType type, long deadlineMillis, Slice key) {
          super.key(database, type, deadlineMillis, key);
          for (int i = 0; i < writes; i++) {
            write();
          }
        }
      };
      engine.snapshot(snapshot);
      assertThat(snapshot.all.keySet()).as("seed " + seed + " round " + round).isEqualTo(then.keySet());
      then.forEach((name, value) -> assertThat(snapshot.all.get(name)).as("seed " + seed + " " + name).isEqualTo(value));
    }
  }

  @Test void afterASnapshot_andAfterOneThatFailed_nothingIsFrozen() {
    engine = Engine.open(new Engine.Settings().stripes(2).maxBytes(64 << 20));
    for (int i = 0; i < 2_000; i++) {
      write();
    }
    engine.snapshot(new Collected());
    assertThatThrownBy(() -> engine.snapshot(new Collected() {
      @Override public void value(byte[] array, int offset, int length) {
        throw new IllegalStateException("the disk is full");
      }
    })).hasMessage("the disk is full");
    Map<String, byte[]> before = present();
    long used = engine.memory().usedBytes();
    before.forEach((name, value) -> {
      String key = name.substring(2).replaceAll("@.*", "");
      Database db = engine.database(name.charAt(0) - '0');
      StringOps.set(db, slice(key), new Slice().wrap(value), StringOps.If.ALWAYS, Deadline.KEEP, null);
    });
    assertThat(engine.memory().usedBytes()).as("all were overwritten in place").isLessThan(used + 300_000);
    engine.snapshot(new Collected());
  }

  @Test void aSecondSnapshotAtOnce_isRefused() {
    engine = Engine.open(new Engine.Settings());
    StringOps.set(engine.database(0), slice("a"), slice("b"), StringOps.If.ALWAYS, Deadline.NONE, null);
    engine.snapshot(new Collected() {
      @Override public void key(int database, ValueType type, long deadlineMillis, Slice key) {
        super.key(database, type, deadlineMillis, key);
        assertThatThrownBy(() -> engine.snapshot(new Collected())).isInstanceOf(IllegalStateException.class);
      }
    });
  }

  @Test void snapshotsBesideWriters_neverShowHalfOfWhatWasWrittenAtOnce() throws Exception {
    engine = Engine.open(new Engine.Settings().stripes(8).maxBytes(64 << 20));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try {
      Future<?>[] running = new Future<?>[2];
      for (int w = 0; w < 2; w++) {
        int mine = w;
        running[w] = writers.submit(() -> {
          for (int i = 0; !done.get(); i++) {
            Slices pairs = new Slices();
            byte[] value = ("v" + i + "x".repeat(i % 50)).getBytes();
            for (int k = 0; k < 5; k++) {
              pairs.add(("w" + mine + "k" + k).getBytes());
              pairs.add(value);
            }
            StringOps.setAll(engine.database(0), pairs, 0);
          }
        });
      }
      for (int i = 0; i < 200; i++) {
        Collected snapshot = new Collected();
        engine.snapshot(snapshot);
        for (int w = 0; w < 2; w++) {
          byte[] first = snapshot.all.get("0:w" + w + "k0");
          for (int k = 1; k < 5; k++) {
            assertThat(snapshot.all.get("0:w" + w + "k" + k)).isEqualTo(first);
          }
        }
      }
      done.set(true);
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      done.set(true);
      writers.shutdownNow();
    }
  }
}
