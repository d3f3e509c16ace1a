package io.qcache.snapshot;

import static io.qcache.engine.Engines.slice;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.ListEnd;
import io.qcache.engine.CollectionLimits;
import io.qcache.engine.SnapshotContents;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.HashOps;
import io.qcache.engine.ListOps;
import io.qcache.engine.SetOps;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.SortedSetOps;
import io.qcache.engine.StringOps;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random contents, written and read again, are what they were, in every version of the format. */
class RdbModelTest {
  private static final CollectionLimits SMALL = new CollectionLimits(-2, 8, 16, 16, 8, 16);

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private boolean timed; // some fields have deadlines

  private byte[] text() {
    return switch (random.nextInt(8)) {
      case 0 -> Long.toString(random.nextLong() >> random.nextInt(64)).getBytes(ISO_8859_1);
      case 1 -> Integer.toString(random.nextInt(300) - 150).getBytes(ISO_8859_1);
      case 2 -> "a word that comes again ".repeat(random.nextInt(5)).getBytes(ISO_8859_1);
      case 3 -> random(random.nextInt(40));
      case 4 -> random(random.nextInt(50) == 0 ? random.nextInt(30_000) : 5);
      default -> ("text" + random.nextInt(1_000)).getBytes(ISO_8859_1);
    };
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] longText() {
    byte[] bytes = random(random.nextInt(300_000));
    if (random.nextBoolean()) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= 3;
      }
    }
    return bytes;
  }

  private double score() {
    double[] scores = {0, -0.0, 1, -17, 0.1, 1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 123456789};
    return random.nextBoolean() ? scores[random.nextInt(scores.length)] : random.nextGaussian();
  }

  private void fill(Engine engine) {
    for (int i = random.nextInt(150); i > 0; i--) {
      Database db = engine.database(random.nextInt(3) * 7);
      Slice key = slice("key" + i + (random.nextInt(20) == 0 ? "long".repeat(100) : ""));
      int size = random.nextInt(10) == 0 ? 1_000 : random.nextInt(30) + 1;
      Slices some = new Slices();
      switch (random.nextInt(5)) {
        case 0 -> {
          byte[] value = random.nextInt(10) == 0 ? longText() : text();
          long deadline = random.nextInt(3) == 0 ? FakeClock.START + 1 + random.nextInt(100_000) : Deadline.NONE;
          StringOps.set(db, key, new Slice().wrap(value), StringOps.If.ALWAYS, deadline, null);
        }
        case 1 -> {
          for (int j = 0; j < size; j++) {
            some.add(text());
          }
          ListOps.push(db, key, some, 0, ListEnd.LAST, false);
        }
        case 2 -> {
          boolean integers = random.nextBoolean();
          for (int j = 0; j < size; j++) {
            some.add(integers ? Long.toString(random.nextLong() >> random.nextInt(64)).getBytes(ISO_8859_1) : text());
          }
          SetOps.add(db, key, some, 0);
        }
        case 3 -> {
          for (int j = 0; j < 2 * size; j++) {
            some.add(text());
          }
          HashOps.set(db, key, some, 0);
          for (int j = timed ? random.nextInt(size) : 0; j > 0; j--) {
            Slices field = new Slices();
            field.add(some.get(2 * random.nextInt(size)).copy());
            HashOps.expire(db, key, field, 0, FakeClock.START + 1 + random.nextInt(100_000), 0);
          }
        }
        default -> {
          double[] scores = new double[size];
          for (int j = 0; j < size; j++) {
            some.add(text());
            scores[j] = score();
          }
          SortedSetOps.add(db, key, scores, some, 0, 1, 0);
        }
      }
    }
  }

  @Test void whatIsWritten_isReadAgain() throws IOException {
    for (int round = 0; round < 30; round++) {
      Engine engine = Engine.open(Engines.settings(2, new FakeClock()));
      Engine loaded = Engine.open(Engines.settings(4, new FakeClock()).hashKey(3, 4));
      boolean small = random.nextBoolean();
      engine.collectionLimits(small ? SMALL : CollectionLimits.DEFAULT);
      loaded.collectionLimits(small ? SMALL : CollectionLimits.DEFAULT);
      try {
        timed = random.nextInt(3) == 0;
        fill(engine);
        int version = timed ? Rdb.NEWEST : Rdb.OLDEST_WRITTEN + random.nextInt(Rdb.NEWEST - Rdb.OLDEST_WRITTEN + 1);
        byte[] file = RdbFiles.write(engine, version, random.nextBoolean(), random.nextBoolean());
        RdbLoader loader = RdbFiles.load(loaded, file, false);
        assertThat(SnapshotContents.of(loaded).equals(SnapshotContents.of(engine))).as("seed %d round %d version %d", seed, round, version).isTrue();
        assertThat(loader.keys()).isEqualTo(engine.size());
        assertThat(loader.bytes()).isEqualTo(file.length);
      } finally {
        engine.close();
        loaded.close();
      }
    }
  }
}
