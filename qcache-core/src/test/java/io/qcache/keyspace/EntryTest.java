package io.qcache.keyspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.ValueType;
import io.qcache.engine.Slice;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryTest {
  @Test void aValueThatGrows_afterAShorterOne_hasZerosBehindIt() {
    Entry entry = entry("x".repeat(100));
    set(entry, "y".repeat(80)); // stays in the old array, 20 bytes of x behind it
    entry.grow(121);
    assertThat(text(entry)).isEqualTo("y".repeat(80) + "\0".repeat(41));
  }

  @Test void setAndGrow_behaveLikeAFreshArray() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] model = new byte[0];
      Entry entry = entry("");
      for (int step = 0; step < 100; step++) {
        if (random.nextBoolean()) {
          byte[] array = new byte[random.nextInt(200)];
          Arrays.fill(array, (byte) ('a' + step % 26));
          int from = random.nextInt(array.length + 1);
          model = Arrays.copyOfRange(array, from, array.length);
          entry.set(ValueType.STRING, array, from, model.length);
        } else {
          model = Arrays.copyOf(model, model.length + random.nextInt(40));
          entry.grow(model.length);
        }
        assertThat(Arrays.copyOf(entry.value(), entry.length())).as("seed %d, step %d", seed, step).isEqualTo(model);
        assertThat(entry.value().length).as("no waste beyond half").isLessThanOrEqualTo(model.length * 3 / 2 + 1);
      }
    }
  }

  @Test void set_copies() {
    byte[] array = "abc".getBytes(ISO_8859_1);
    Entry entry = entry("");
    entry.set(ValueType.STRING, array, 0, 3);
    array[0] = 'x';
    assertThat(text(entry)).isEqualTo("abc");
    assertThat(entry.type()).isEqualTo(ValueType.STRING);
  }

  private static Entry entry(String value) {
    Entry entry = new Entry(new Slice(), 0);
    set(entry, value);
    return entry;
  }

  private static void set(Entry entry, String value) {
    entry.set(ValueType.STRING, value.getBytes(ISO_8859_1), 0, value.length());
  }

  private static String text(Entry entry) {
    return new String(entry.value(), 0, entry.length(), ISO_8859_1);
  }
}
