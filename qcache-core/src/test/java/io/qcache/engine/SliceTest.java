package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.keyspace.KeyedHash;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliceTest {
  private static final KeyedHash HASH = new KeyedHash(1, 2);

  @Test void aNewSlice_isEmpty() {
    Slice slice = new Slice();
    assertThat(slice.length()).isZero();
    assertThat(slice.copy()).isEmpty();
    assertThat(slice.is("")).isTrue();
  }

  @Test void wrap_pointsAtASpan_withoutACopy() {
    byte[] array = bytes("..key..");
    Slice slice = new Slice().wrap(array, 2, 3);
    assertThat(slice.toString()).isEqualTo("key");
    assertThat(slice.array()).isSameAs(array);
    assertThat(slice.offset()).isEqualTo(2);
    assertThat(slice.at(1)).isEqualTo((byte) 'e');
    assertThat(slice.contentEquals(bytes("xkey"), 1, 3)).isTrue();
    assertThat(slice.contentEquals(bytes("xkey"), 0, 4)).isFalse();
  }

  @Test void copyAndKept_haveBytesOfTheirOwn() {
    byte[] array = bytes("key");
    Slice slice = new Slice().wrap(array);
    byte[] copy = slice.copy();
    Slice kept = slice.kept();
    array[0] = 'x';
    assertThat(copy).isEqualTo(bytes("key"));
    assertThat(kept.toString()).isEqualTo("key");
  }

  @Test void theHash_belongsToTheBytes_andIsComputedAnewAfterAWrap() {
    Slice slice = new Slice().wrap(bytes("xone"), 1, 3);
    long one = slice.hash(HASH);
    assertThat(one).isEqualTo(HASH.hash(bytes("one"), 0, 3));
    assertThat(slice.kept().hash(new KeyedHash(8, 9))).as("kept with the slice").isEqualTo(one);
    assertThat(slice.wrap(bytes("two")).hash(HASH)).isEqualTo(HASH.hash(bytes("two"), 0, 3)).isNotEqualTo(one);
  }

  @Test void aSlice_findsTheKeptOneOfTheSameBytes_inAMap() {
    Map<Slice, String> map = new HashMap<>();
    Slice key = new Slice().wrap(bytes("key"));
    key.hash(HASH);
    map.put(key.kept(), "value");
    Slice other = new Slice().wrap(bytes("a key"), 2, 3);
    other.hash(HASH);
    assertThat(map.get(other)).isEqualTo("value");
    assertThat(other).isEqualTo(key).isNotEqualTo("key");
    assertThatThrownBy(() -> map.get(new Slice().wrap(bytes("key")))).as("without a hash")
        .isInstanceOf(AssertionError.class);
  }

  @Test void is_ignoresTheCaseOfAsciiLetters_andOfThoseAlone() {
    assertThat(slice("keepttl").is("KEEPTTL")).isTrue();
    assertThat(slice("KeepTTL").is("KEEPTTL")).isTrue();
    assertThat(slice("KEEPTTLX").is("KEEPTTL")).isFalse();
    assertThat(slice("KEEPTT").is("KEEPTTL")).isFalse();
    assertThat(slice("{").is("[")).as("32 apart, but no letters").isFalse();
    assertThat(slice("`").is("@")).isFalse();
    assertThat(slice("\u00e9").is("\u00c9")).isFalse();
    assertThat(slice("n\u0131").is("NI")).isFalse();
  }

  @Test void slices_areFilledAgainWithoutNewOnes() {
    Slices slices = new Slices();
    Slice first = slices.add(bytes("a"));
    for (int i = 1; i < 100; i++) {
      slices.add(bytes("xk" + i), 1, 1 + Integer.toString(i).length());
    }
    assertThat(slices.size()).isEqualTo(100);
    assertThat(slices.get(0)).isSameAs(first);
    assertThat(slices.get(99).toString()).isEqualTo("k99");
    slices.clear();
    assertThat(slices.size()).isZero();
    assertThat(slices.add(bytes("b"))).isSameAs(first);
    assertThat(slices.get(0).toString()).isEqualTo("b");
    assertThatThrownBy(() -> slices.get(1)).isInstanceOf(AssertionError.class);
  }

  @Test void slices_canBeFilledAgain_afterALongCommand() {
    Slices slices = new Slices();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 1_000; i++) {
        slices.add(bytes("k" + i));
      }
      assertThat(slices.get(999).toString()).isEqualTo("k999");
      slices.clear();
    }
  }

  @Test void aValueList_rewindsToItsMark() {
    ValueList list = new ValueList();
    list.value(bytes("xabx"), 1, 2);
    long mark = list.mark();
    list.missing();
    list.value(bytes("c"), 0, 1);
    list.rewind(mark);
    list.missing();
    assertThat(list.only()).isEqualTo(bytes("ab"));
    assertThat(list.all()).containsExactly(bytes("ab"), null);
  }

  private static Slice slice(String text) {
    return new Slice().wrap(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
