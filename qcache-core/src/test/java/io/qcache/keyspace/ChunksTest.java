package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.ValueList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private record Pinned(Pin pin, byte[] bytes) {}

  private static byte[] bytes(Pin pin) {
    ValueList out = new ValueList();
    pin.give(0, pin.length(), out);
    return out.only();
  }

  @Test void pinsKeepTheirBytes_whateverIsWrittenAndAppendedMeanwhile() {
    for (int round = 0; round < 40; round++) {
      long seed = new Random().nextLong();
      try {
        run(new Random(seed));
      } catch (Throwable failed) {
        throw new AssertionError("seed " + seed, failed);
      }
    }
  }

  private static void run(Random random) {
    byte[] model = new byte[1 + random.nextInt(300_000)];
    random.nextBytes(model);
    Chunks chunks = new Chunks(model, 0, model.length, model.length);
    List<Pinned> pins = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      switch (random.nextInt(6)) {
        case 0 -> pins.add(new Pinned(chunks.pin(), model.clone()));
        case 1 -> {
          if (!pins.isEmpty()) {
            pins.remove(random.nextInt(pins.size())).pin.close();
          }
        }
        case 2 -> {
          int length = Math.min(model.length + random.nextInt(random.nextBoolean() ? 50 : 100_000), 600_000);
          chunks.grow(length);
          model = Arrays.copyOf(model, length);
        }
        default -> {
          int offset = random.nextInt(model.length);
          byte[] written = new byte[random.nextInt(Math.min(90_000, model.length - offset)) + 1];
          random.nextBytes(written);
          chunks.write(offset, written, 0, written.length);
          System.arraycopy(written, 0, model, offset, written.length);
        }
      }
      assertThat(chunks.copy()).isEqualTo(model);
    }
    pins.forEach(each -> assertThat(bytes(each.pin)).isEqualTo(each.bytes));
  }

  @Test void manySmallAppends_areNotQuadratic_andTakeLittleMoreThanTheirBytes() {
    Chunks chunks = new Chunks(new byte[200], 0, 200, 200);
    for (int length = 201; length <= 2_000_000; length++) {
      chunks.grow(length);
    }
    assertThat(chunks.bytes()).isBetween(2_000_000L, 2_100_000L);
  }

  @Test void aWriteUnderAPin_copiesTheChunkThatItChanges_andNoOther() {
    int length = 10 * Chunks.CHUNK_BYTES;
    Chunks chunks = new Chunks(new byte[length], 0, length, length);
    byte[][] before = new byte[1][];
    try (Pin pin = chunks.pin()) {
      chunks.write(3 * Chunks.CHUNK_BYTES + 5, new byte[] {1}, 0, 1);
      List<byte[]> shared = parts(pin);
      List<byte[]> now = parts(chunks.pin());
      for (int i = 0; i < 10; i++) {
        assertThat(shared.get(i) == now.get(i)).as("chunk " + i).isEqualTo(i != 3);
      }
      before[0] = shared.get(3);
    }
    assertThat(before[0][5]).isZero();
  }

  private static List<byte[]> parts(Pin pin) {
    List<byte[]> arrays = new ArrayList<>();
    pin.give(0, pin.length(), new io.qcache.engine.Sink() {
      @Override public void value(byte[] array, int offset, int length) {
        arrays.add(array);
      }

      @Override public void begin(int length) {}

      @Override public void part(byte[] array, int offset, int length) {
        arrays.add(array);
      }

      @Override public void missing() {}

      @Override public long mark() {
        return 0;
      }

      @Override public void rewind(long mark) {}
    });
    return arrays;
  }
}
