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

  @Test void elementsOfAnyLength_areReadAsTheyWereWritten() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> model = new ArrayList<>();
    for (int length : new int[] {0, 1, 127, 128, 129, 16_383, 16_384, 16_385, 70_000, 1 << 21}) {
      model.add(bytes(random, length));
    }
    PackedBuffer buffer = PackedBuffer.take(7);
    model.forEach(each -> buffer.add(each, 0, each.length));
    byte[] array = buffer.array();
    assertThat(Packed.encoding(array, 0)).isEqualTo(7);
    assertThat(Packed.count(array, 0)).isEqualTo(model.size());
    Slice element = new Slice();
    int at = Packed.HEADER_BYTES;
    for (byte[] each : model) {
      assertThat(Packed.skip(array, at)).as("seed " + seed).isEqualTo(at + Packed.size(each.length));
      at = Packed.element(array, at, element);
      assertThat(element.copy()).as("seed " + seed).isEqualTo(each);
    }
    assertThat(at).isEqualTo(buffer.length());
    assertThat(Packed.skip(array, Packed.HEADER_BYTES, model.size())).isEqualTo(at);
    ValueList given = new ValueList();
    Packed.give(array, Packed.HEADER_BYTES, at, given);
    assertThat(given.all()).usingElementComparator(Arrays::compare).isEqualTo(model);
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
