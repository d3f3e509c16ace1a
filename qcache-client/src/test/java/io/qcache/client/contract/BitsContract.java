package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.AsyncBits;
import io.qcache.BitField;
import io.qcache.BitOperation;
import io.qcache.BitOverflow;
import io.qcache.BitRange;
import io.qcache.BitReads;
import io.qcache.Bits;
import io.qcache.OutOfRangeException;
import io.qcache.TimeToLive;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Strings as rows of bits and of integers, and what two strings have in common. */
interface BitsContract extends Contract {
  private Bits<String> bits() {
    return cache().bits();
  }

  @Test default void set_saysWhatTheBitWas_andFillsTheGapWithZeros() {
    assertThat(bits().set("k", 9, true)).isFalse();
    assertThat(bits().set("k", 9, true)).isTrue();
    assertThat(strings().length("k")).isEqualTo(2);
    assertThat(bits().get("k", 9)).isTrue();
    assertThat(bits().get("k", 8)).isFalse();
    assertThat(bits().get("k", 1_000_000)).isFalse();
    assertThat(bits().get("nobody", 0)).isFalse();
    assertThat(cache().database(1).bits().get("k", 9)).as("another database").isFalse();
    keys().expire("k", HOUR);
    bits().set("k", 9, false);
    assertThat(keys().timeToLive("k")).isNotEqualTo(TimeToLive.none());
    assertThatThrownBy(() -> bits().set("k", 1L << 32, true)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> bits().get("k", -1)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void count_isOfTheRange() {
    strings().set("k", "foobar");
    assertThat(bits().count("k")).isEqualTo(26);
    assertThat(bits().count("k", BitRange.bytes(1, 1))).isEqualTo(6);
    assertThat(bits().count("k", BitRange.bits(5, 30))).isEqualTo(17);
    assertThat(bits().count("k", BitRange.bytes(-2, -1))).isEqualTo(7);
    assertThat(bits().count("nobody")).isZero();
  }

  @Test default void find_givesThePlace_orNothing() {
    assertThat(bits().find("nobody", true)).isEmpty();
    assertThat(bits().find("nobody", false)).hasValue(0);
    bits().set("k", 12, true);
    assertThat(bits().find("k", true)).hasValue(12);
    assertThat(bits().find("k", true, BitRange.fromByte(1))).hasValue(12);
    assertThat(bits().find("k", true, BitRange.bytes(0, 0))).isEmpty();
    assertThat(bits().find("k", true, BitRange.bits(12, 12))).hasValue(12);
    assertThat(bits().find("k", false, BitRange.bits(12, 12))).isEmpty();
    bits().fields("ones", List.of(BitField.unsigned(16, 0).set(0xffff)));
    assertThat(bits().find("ones", false)).hasValue(16);
    assertThat(bits().find("ones", false, BitRange.bytes(0, -1))).isEmpty();
  }

  @Test default void combine_makesOneStringOfMany() {
    strings().set("a", "ab");
    strings().set("b", "b");
    assertThat(bits().combine(BitOperation.AND, "to", List.of("a", "b"))).isEqualTo(2);
    assertThat(strings().get("to")).contains("`\0");
    assertThat(bits().combine(BitOperation.OR, "to", List.of("a", "b", "nobody"))).isEqualTo(2);
    assertThat(strings().get("to")).contains("cb");
    assertThat(bits().combine(BitOperation.XOR, "a", List.of("a", "b"))).isEqualTo(2);
    assertThat(strings().get("a")).contains("\3b");
    assertThat(bits().combine(BitOperation.NOT, "not", List.of("b"))).isEqualTo(1);
    assertThat(bits().getField("not", BitField.unsigned(8, 0))).isEqualTo(~'b' & 0xff);
    assertThat(bits().combine(BitOperation.OR, "to", List.of("nobody"))).isZero();
    assertThat(keys().exists("to")).isFalse();
    assertThatThrownBy(() -> bits().combine(BitOperation.NOT, "to", List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bits().combine(BitOperation.AND, "to", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test default void fields_areWrittenAndAddedTo_andOverflowAsTold() {
    BitField small = BitField.unsigned(4, 0).number(3);
    assertThat(small.offset()).isEqualTo(12);
    assertThat(bits().fields("k", List.of(small.set(9), small.get(), small.increment(9),
        small.set(20).onOverflow(BitOverflow.SATURATE), small.increment(1).onOverflow(BitOverflow.FAIL), small.get())))
        .containsExactly(OptionalLong.of(0), OptionalLong.of(9), OptionalLong.of(2), OptionalLong.of(2),
            OptionalLong.empty(), OptionalLong.of(15));
    assertThat(bits().getField("k", small)).isEqualTo(15);
    assertThat(bits().getField("k", BitField.signed(4, 12))).isEqualTo(-1);
    assertThat(bits().getField("nobody", BitField.signed(64, 7))).isZero();
    assertThat(bits().fields("nobody", List.of())).isEmpty();
    assertThat(bits().fields("wide", List.of(BitField.signed(64, 3).set(Long.MIN_VALUE),
        BitField.signed(64, 3).increment(-1).onOverflow(BitOverflow.SATURATE))))
        .containsExactly(OptionalLong.of(0), OptionalLong.of(Long.MIN_VALUE));
  }

  @Test default void bits_inAPipelineAndATransaction() {
    AsyncBits<String> async = cache().async().bits();
    async.set("k", 7, true).join();
    CompletableFuture<OptionalLong> found = cache().pipeline(pipe -> {
      pipe.bits().count("k");
      pipe.bits().count("k", BitRange.all());
      pipe.bits().find("k", true, BitRange.all());
      pipe.bits().get("k", 7);
      pipe.bits().getField("k", BitField.unsigned(8, 0));
      return pipe.bits().find("k", true);
    });
    assertThat(found.join()).hasValue(7);
    CompletableFuture<Long> length = cache().atomically(List.of("k"), transaction -> {
      BitReads<String> read = transaction.read().bits();
      assertThat(read.get("k", 7)).isTrue();
      assertThat(read.count("k")).isEqualTo(1);
      assertThat(read.find("k", true)).hasValue(7);
      assertThat(read.getField("k", BitField.unsigned(8, 0))).isEqualTo(1);
      transaction.write().bits().fields("k", List.of(BitField.unsigned(8, 0).set(3)));
      return transaction.write().bits().combine(BitOperation.NOT, "k", List.of("k"));
    });
    assertThat(length.join()).isEqualTo(1);
    assertThat(bits().getField("k", BitField.unsigned(8, 0))).isEqualTo(0xfc);
  }

  @Test default void commonSubsequence_isWhatBothHave() {
    strings().set("a", "ohmytext");
    strings().set("b", "mynewtext");
    assertThat(strings().commonSubsequence("a", "b")).isEqualTo("mytext");
    assertThat(strings().commonSubsequenceLength("a", "b")).isEqualTo(6);
    assertThat(strings().commonSubsequence("a", "nobody")).isEmpty();
    assertThat(cache().async().strings().commonSubsequence("a", "b").join()).isEqualTo("mytext");
    assertThat(cache().async().strings().commonSubsequenceLength("a", "b").join()).isEqualTo(6);
    cache().atomically(List.of(), transaction -> {
      assertThat(transaction.read().strings().commonSubsequence("a", "b")).isEqualTo("mytext");
      assertThat(transaction.read().strings().commonSubsequenceLength("b", "a")).isEqualTo(6);
      return null;
    });
  }
}
