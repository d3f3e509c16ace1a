package io.qcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test void copyOf_doesNotShareTheArray() {
    byte[] array = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(array);
    Bytes part = Bytes.copyOf(array, 1, 2);
    array[1] = 9;
    assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    assertThat(part.toArray()).containsExactly(2, 3);
    bytes.toArray()[0] = 9;
    assertThat(bytes.at(0)).isEqualTo((byte) 1);
  }

  @Test void aSlice_isThoseBytes_equalToACopyOfThem() {
    Bytes bytes = Bytes.of("hello world");
    Bytes world = bytes.slice(6, 11);
    assertThat(world).isEqualTo(Bytes.of("world")).hasSameHashCodeAs(Bytes.of("world"));
    assertThat(world.utf8()).isEqualTo("world");
    assertThat(world.slice(1, 3).utf8()).isEqualTo("or");
    assertThat(world.at(4)).isEqualTo((byte) 'd');
    assertThat(world.toArray()).isEqualTo("world".getBytes());
    byte[] into = new byte[7];
    world.copyTo(into, 1);
    assertThat(new String(into)).isEqualTo("\0world\0");
    assertThat(Codecs.bytes().encode(world)).isEqualTo("world".getBytes());
  }

  @Test void emptyOnes_areOne() {
    assertThat(Bytes.of("")).isSameAs(Bytes.empty());
    assertThat(Bytes.copyOf(new byte[0])).isSameAs(Bytes.empty());
    assertThat(Bytes.of("a").slice(1, 1)).isSameAs(Bytes.empty());
    assertThat(Bytes.empty().isEmpty()).isTrue();
    assertThat(Bytes.of("a").isEmpty()).isFalse();
  }

  @Test void placesOutside_throw() {
    Bytes bytes = Bytes.of("abc").slice(1, 2);
    assertThatThrownBy(() -> bytes.at(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.copyTo(new byte[1], 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(new byte[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test void theOrder_isThatOfUnsignedBytes() {
    List<Bytes> sorted = new ArrayList<>(List.of(of(0x80), of(0x7f), of(0xff, 0), of(), of(0), of(0xff), of(0, 0)));
    sorted.sort(null);
    assertThat(sorted).containsExactly(of(), of(0), of(0, 0), of(0x7f), of(0x80), of(0xff), of(0xff, 0));
  }

  @Test void equalsHashCodeAndOrder_agreeWithArrays_onRandomSlices() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Bytes one = randomSlice(random);
      Bytes other = randomSlice(random);
      assertThat(one.equals(other)).as("seed %d", seed).isEqualTo(Arrays.equals(one.toArray(), other.toArray()));
      assertThat(one.hashCode()).as("seed %d", seed).isEqualTo(Arrays.hashCode(one.toArray()));
      assertThat(Integer.signum(one.compareTo(other))).as("seed %d", seed)
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.toArray(), other.toArray())));
    }
    assertThat(of(1).equals("x")).isFalse();
  }

  @Test void toString_showsTheFirstInHexadecimal() {
    assertThat(of(0, 0xff)).hasToString("Bytes[2: 00ff]");
    assertThat(Bytes.copyOf(new byte[33])).hasToString("Bytes[33: " + "00".repeat(32) + "…]");
  }

  private static Bytes randomSlice(Random random) {
    byte[] array = new byte[random.nextInt(5)];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) (random.nextInt(3) - 1);
    }
    int from = random.nextInt(array.length + 1);
    return Bytes.copyOf(array).slice(from, from + random.nextInt(array.length - from + 1));
  }

  private static Bytes of(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return Bytes.copyOf(array);
  }
}
