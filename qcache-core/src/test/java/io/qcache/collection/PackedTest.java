package io.qcache.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Slice;
import io.qcache.engine.ValueList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedTest {
  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] element(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> bytes(random, random.nextInt(300));
      case 1 -> bytes(random, random.nextInt(4));
      default -> Integers.like(random);
    };
  }

  @Test void elementsOfAnyLength_areReadAsTheyWereWritten() {
    List<byte[]> model = new ArrayList<>();
    for (int length : new int[] {0, 1, 117, 118, 127, 128, 129, 0xfff0 - 5, 0xfff0 - 4, 0xfff0 - 3, 65_535, 65_536, 70_000, 1 << 21}) {
      byte[] text = bytes(new Random(length), length);
      Arrays.fill(text, 0, Math.min(1, length), (byte) 'x');
      model.add(text);
      assertThat(PackedBuffer.take(0).add(text, 0, length).length()).isEqualTo(Packed.HEADER_BYTES + Packed.size(length));
    }
    assertReadAsWritten(model, "lengths");
  }

  @Test void integersAndWhatLooksLikeThem_areReadAsTheyWereWritten() {
    List<byte[]> model = new ArrayList<>();
    for (String text : new String[] {"0", "1", "127", "128", "255", "256", "32767", "32768", "65535", "8388607", "8388608", "2147483647",
        "2147483648", "4294967295", "549755813888", "140737488355328", "36028797018963968", "9223372036854775807", "9223372036854775808",
        "-1", "-128", "-129", "-32768", "-32769", "-8388608", "-2147483648", "-2147483649", "-9223372036854775808", "-9223372036854775809",
        "", "-", "-0", "00", "007", "+1", " 1", "1 ", "1.0", "99999999999999999999", "-99999999999999999999", "12a", "0x10"}) {
      model.add(text.getBytes(UTF_8));
    }
    assertReadAsWritten(model, "borders");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int n = 0; n < 300; n++) {
      List<byte[]> some = new ArrayList<>();
      for (int i = random.nextInt(60); i >= 0; i--) {
        some.add(element(random));
      }
      assertReadAsWritten(some, "seed " + seed);
    }
  }

  private static void assertReadAsWritten(List<byte[]> model, String what) {
    PackedBuffer buffer = PackedBuffer.take(7);
    model.forEach(each -> buffer.add(each, 0, each.length));
    byte[] array = Arrays.copyOf(buffer.array(), buffer.length()); // nothing may be read behind it
    assertThat(Packed.encoding(array, 0)).isEqualTo(7);
    assertThat(Packed.count(array, 0)).isEqualTo(model.size());
    Slice element = new Slice();
    int at = Packed.HEADER_BYTES;
    for (byte[] each : model) {
      int next = Packed.skip(array, at);
      assertThat(next - at).as(what).isBetween(1, Packed.size(each.length));
      assertThat(Packed.find(array, at, next, 1, new Slice().wrap(each))).as(what).isEqualTo(at);
      at = Packed.element(array, at, element);
      assertThat(at).as(what).isEqualTo(next);
      assertThat(element.copy()).as(what).isEqualTo(each);
    }
    assertThat(at).isEqualTo(array.length);
    assertThat(Packed.skip(array, Packed.HEADER_BYTES, model.size())).isEqualTo(at);
    ValueList given = new ValueList();
    Packed.give(array, Packed.HEADER_BYTES, at, given);
    assertThat(given.all()).usingElementComparator(Arrays::compare).isEqualTo(model);
  }

  @Test void find_isWhatASearchOfTheTextsIs() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int n = 0; n < 300; n++) {
      PackedBuffer buffer = PackedBuffer.take(0);
      List<byte[]> model = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        byte[] each = element(random);
        model.add(each);
        buffer.add(each, 0, each.length);
      }
      byte[] wanted = random.nextBoolean() ? element(random) : model.get(random.nextInt(60));
      int first = -1;
      for (int i = 59; i >= 0; i--) {
        first = Arrays.equals(model.get(i), wanted) ? i : first;
      }
      int at = Packed.find(buffer.array(), Packed.HEADER_BYTES, buffer.length(), 1, new Slice().wrap(wanted));
      assertThat(at).as("seed " + seed).isEqualTo(first < 0 ? -1 : Packed.skip(buffer.array(), Packed.HEADER_BYTES, first));
    }
  }

  @Test void replace_letsTheOthersBe() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    PackedBuffer buffer = PackedBuffer.take(0);
    List<byte[]> model = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] each = element(random);
      model.add(each);
      buffer.add(each, 0, each.length);
    }
    Slice element = new Slice();
    for (int n = 0; n < 2_000; n++) {
      int index = random.nextInt(40);
      byte[] other = element(random);
      buffer.replace(Packed.skip(buffer.array(), Packed.HEADER_BYTES, index), element.wrap(other));
      model.set(index, other);
      int looked = random.nextInt(40);
      Packed.element(buffer.array(), Packed.skip(buffer.array(), Packed.HEADER_BYTES, looked), element);
      assertThat(element.copy()).as("seed " + seed).isEqualTo(model.get(looked));
    }
  }

  @Test void find_looksAtEveryStepThElement() {
    PackedBuffer buffer = PackedBuffer.take(0);
    for (String each : new String[] {"a", "b", "c", "a", "", "abc", "bc", "ab"}) {
      buffer.add(each.getBytes(UTF_8), 0, each.length());
    }
    byte[] array = buffer.array();
    int end = buffer.length();
    assertThat(find(array, end, 1, "a")).isZero();
    assertThat(find(array, end, 1, "b")).isEqualTo(1);
    assertThat(find(array, end, 2, "b")).isEqualTo(-1);
    assertThat(find(array, end, 2, "bc")).isEqualTo(6);
    assertThat(find(array, end, 1, "")).isEqualTo(4);
    assertThat(find(array, end, 1, "ab")).isEqualTo(7);
    assertThat(find(array, end, 1, "abcd")).isEqualTo(-1);
  }

  /** The number of the element that is found, or -1. */
  private static int find(byte[] array, int end, int step, String wanted) {
    int found = Packed.find(array, Packed.HEADER_BYTES, end, step, new Slice().wrap(wanted.getBytes(UTF_8)));
    for (int number = 0, at = Packed.HEADER_BYTES; at < end; number++, at = Packed.skip(array, at)) {
      if (at == found) {
        return number;
      }
    }
    return found;
  }

  @Test void whatIsPackedAlready_isTakenOverAsItIs() {
    PackedBuffer first = PackedBuffer.take(0);
    first.add("one".getBytes(UTF_8), 0, 3).add("two".getBytes(UTF_8), 0, 3);
    byte[] kept = first.array().clone();
    int end = first.length();
    PackedBuffer next = PackedBuffer.take(1);
    next.add("zero".getBytes(UTF_8), 0, 4).addPacked(kept, Packed.HEADER_BYTES, end, 2);
    assertThat(Packed.count(next.array(), 0)).isEqualTo(3);
    assertThat(find(next.array(), next.length(), 1, "two")).isEqualTo(2);
  }
}
