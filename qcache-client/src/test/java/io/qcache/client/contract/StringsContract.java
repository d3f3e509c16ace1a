package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.Codecs;
import io.qcache.Keyspace;
import io.qcache.NotANumberException;
import io.qcache.OutOfRangeException;
import io.qcache.SetOptions;
import io.qcache.TimeToLive;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Strings: values, conditions, ranges, many at once. */
interface StringsContract extends Contract {
  @Test default void get_ofAMissingKey_isEmpty_andOfOneThatIsThere_itsValue() {
    assertThat(strings().get("k")).isEmpty();
    strings().set("k", "v");
    assertThat(strings().get("k")).contains("v");
    strings().set("", "");
    assertThat(strings().get("")).contains("");
  }

  @Test default void get_intoABuffer_copiesWhatFits_andTellsTheLengthOfWhatDoesNot() {
    strings().set("k", "hello");
    byte[] into = "--------".getBytes(StandardCharsets.US_ASCII);
    assertThat(strings().get("k", into, 3)).isEqualTo(5);
    assertThat(into).asString(StandardCharsets.US_ASCII).isEqualTo("---hello");
    assertThat(strings().get("k", into, 4)).isEqualTo(5);
    assertThat(into).asString(StandardCharsets.US_ASCII).as("not copied at all").isEqualTo("---hello");
    assertThat(strings().get("nobody", into, 8)).isEqualTo(-1);
    assertThatThrownBy(() -> strings().get("k", into, 9)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test default void getAll_givesThoseThatAreThere_inTheOrderOfTheKeys() {
    strings().setAll(Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(strings().getAll(List.of("c", "x", "a", "c"))).containsExactly(Map.entry("c", "3"), Map.entry("a", "1"));
    assertThat(strings().getAll(List.of())).isEmpty();
    assertThat(strings().getAll(List.of("x", "y"))).isEmpty();
  }

  @Test default void length_isInBytes_andZeroOfAMissingKey() {
    strings().set("k", "äöü");
    assertThat(strings().length("k")).isEqualTo(6);
    assertThat(strings().length("nobody")).isZero();
  }

  @Test default void getRange_takesBothEndsAndCountsNegativesFromTheEnd() {
    strings().set("k", "hello");
    assertThat(strings().getRange("k", 1, 3)).isEqualTo("ell");
    assertThat(strings().getRange("k", -3, -1)).isEqualTo("llo");
    assertThat(strings().getRange("k", -99, 99)).isEqualTo("hello");
    assertThat(strings().getRange("k", 3, 1)).isEmpty();
    assertThat(strings().getRange("k", 5, 9)).isEmpty();
    assertThat(strings().getRange("k", Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo("hello");
    assertThat(strings().getRange("nobody", 0, -1)).isEmpty();
  }

  @Test default void set_replacesTheValue_andTakesTheDeadlineAway() {
    strings().set("k", "1", HOUR);
    strings().set("k", "2");
    assertThat(strings().get("k")).contains("2");
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
  }

  @Test default void set_withATimeToLive_countsPartOfAMillisecondAsAWholeOne_andRefusesNone() {
    strings().set("k", "v", HOUR);
    assertThat(keys().timeToLive("k").left()).isBetween(HOUR.minusMinutes(1), HOUR.plusMinutes(1));
    strings().set("k", "v", Duration.ofHours(1).plusNanos(1));
    assertThat(keys().timeToLive("k").left()).isBetween(HOUR.minusMinutes(1), HOUR.plusMinutes(1));
    for (Duration none : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> strings().set("k", "no", none)).isInstanceOf(OutOfRangeException.class)
          .hasMessageContaining(none.toString());
    }
    assertThat(strings().get("k")).contains("v");
  }

  @Test default void set_withOptions_saysWhetherTheConditionHeld() {
    assertThat(strings().set("k", "1", SetOptions.ifPresent())).isFalse();
    assertThat(strings().get("k")).isEmpty();
    assertThat(strings().set("k", "1", SetOptions.ifAbsent().expireIn(HOUR))).isTrue();
    assertThat(strings().set("k", "2", SetOptions.ifAbsent())).isFalse();
    assertThat(strings().get("k")).contains("1");
    assertThat(strings().set("k", "3", SetOptions.ifPresent().keepTtl())).isTrue();
    assertThat(keys().timeToLive("k").left()).isPositive();
    assertThat(strings().set("k", "4", SetOptions.always())).isTrue();
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
    assertThat(strings().get("k")).contains("4");
    assertThat(strings().setIfAbsent("k", "5")).isFalse();
    assertThat(strings().setIfAbsent("other", "5")).isTrue();
  }

  @Test default void set_untilAnInstant_keepsItToTheMillisecond_andOneThatHasComeLeavesNoKey() {
    Instant deadline = Instant.ofEpochMilli(System.currentTimeMillis() + HOUR.toMillis());
    strings().set("k", "v", SetOptions.always().expireAt(deadline));
    assertThat(keys().deadline("k")).contains(deadline);
    assertThat(strings().set("k", "v", SetOptions.always().expireAt(Instant.ofEpochMilli(1)))).isTrue();
    assertThat(strings().get("k")).isEmpty();
    assertThatThrownBy(() -> strings().set("k", "v", SetOptions.always().expireAt(Instant.EPOCH)))
        .isInstanceOf(OutOfRangeException.class);
  }

  @Test default void getAndSet_returnsTheValueBefore_whetherItSetOrNot() {
    assertThat(strings().getAndSet("k", "1")).isEmpty();
    assertThat(strings().getAndSet("k", "2")).contains("1");
    assertThat(strings().getAndSet("k", "3", SetOptions.ifAbsent())).contains("2");
    assertThat(strings().get("k")).contains("2");
    assertThat(strings().getAndSet("k", "4", SetOptions.ifPresent().expireIn(HOUR))).contains("2");
    assertThat(strings().getAndSet("k", "5", SetOptions.always().keepTtl())).contains("4");
    assertThat(keys().timeToLive("k").left()).isPositive();
    assertThat(strings().getAndSet("nobody", "1", SetOptions.ifPresent())).isEmpty();
    assertThat(strings().get("nobody")).isEmpty();
  }

  @Test default void getAndDelete_returnsTheValueAndDeletesIt() {
    strings().set("k", "v");
    assertThat(strings().getAndDelete("k")).contains("v");
    assertThat(strings().getAndDelete("k")).isEmpty();
  }

  @Test default void getAndExpire_changesTheDeadlineWithTheRead() {
    strings().set("k", "v");
    assertThat(strings().getAndExpire("k", HOUR)).contains("v");
    assertThat(keys().timeToLive("k").left()).isBetween(HOUR.minusMinutes(1), HOUR.plusMinutes(1));
    assertThat(strings().getAndPersist("k")).contains("v");
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
    Instant deadline = Instant.ofEpochMilli(System.currentTimeMillis() + HOUR.toMillis());
    assertThat(strings().getAndExpireAt("k", deadline)).contains("v");
    assertThat(keys().deadline("k")).contains(deadline);
    assertThatThrownBy(() -> strings().getAndExpire("k", Duration.ZERO)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> strings().getAndExpireAt("k", Instant.EPOCH)).isInstanceOf(OutOfRangeException.class);
    assertThat(strings().getAndExpireAt("k", Instant.ofEpochMilli(1))).contains("v");
    assertThat(strings().get("k")).isEmpty();
    assertThat(strings().getAndExpire("nobody", HOUR)).isEmpty();
    assertThat(strings().getAndPersist("nobody")).isEmpty();
  }

  @Test default void setAll_setsThemAll_andOfNothingDoesNothing() {
    strings().set("a", "0", HOUR);
    strings().setAll(Map.of("a", "1", "b", "2"));
    strings().setAll(Map.of());
    assertThat(strings().getAll(List.of("a", "b"))).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(keys().timeToLive("a")).isEqualTo(TimeToLive.none());
  }

  @Test default void setAllIfAbsent_setsAllOrNone() {
    assertThat(strings().setAllIfAbsent(Map.of("a", "1", "b", "2"))).isTrue();
    assertThat(strings().setAllIfAbsent(Map.of("b", "3", "c", "4"))).isFalse();
    assertThat(strings().getAll(List.of("a", "b", "c"))).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(strings().setAllIfAbsent(Map.of())).isTrue();
  }

  @Test default void append_addsToTheEnd_keepsTheDeadline_andTellsTheNewLength() {
    assertThat(strings().append("k", "ab")).isEqualTo(2);
    keys().expire("k", HOUR);
    assertThat(strings().append("k", "ç")).isEqualTo(4);
    assertThat(strings().get("k")).contains("abç");
    assertThat(keys().timeToLive("k").left()).isPositive();
  }

  @Test default void setRange_overwrites_fillsGapsWithZeroes_andRefusesOffsetsOutOfRange() {
    assertThat(strings().setRange("k", 2, "xy")).isEqualTo(4);
    assertThat(strings().get("k")).contains("\0\0xy");
    assertThat(strings().setRange("k", 0, "ab")).isEqualTo(4);
    assertThat(strings().get("k")).contains("abxy");
    assertThat(strings().setRange("k", 9, "")).as("nothing written, nothing filled").isEqualTo(4);
    assertThatThrownBy(() -> strings().setRange("k", -1, "x")).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> strings().setRange("k", 512L << 20, "x")).isInstanceOf(OutOfRangeException.class);
    assertThat(strings().get("k")).contains("abxy");
  }

  @Test default void increment_countsUpAndDown_andKeepsTheDeadline() {
    assertThat(strings().increment("n")).isEqualTo(1);
    keys().expire("n", HOUR);
    assertThat(strings().increment("n", 41)).isEqualTo(42);
    assertThat(strings().decrement("n")).isEqualTo(41);
    assertThat(strings().decrement("n", -9)).isEqualTo(50);
    assertThat(strings().get("n")).contains("50");
    assertThat(keys().timeToLive("n").left()).isPositive();
  }

  @Test default void increment_beyond64Bits_orOfNoInteger_fails_andLeavesTheValue() {
    strings().set("n", Long.toString(Long.MAX_VALUE));
    assertThatThrownBy(() -> strings().increment("n")).isInstanceOf(OutOfRangeException.class);
    assertThat(strings().get("n")).contains(Long.toString(Long.MAX_VALUE));
    assertThatThrownBy(() -> strings().decrement("n", Long.MIN_VALUE)).isInstanceOf(OutOfRangeException.class);
    assertThat(strings().increment("n", Long.MIN_VALUE)).isEqualTo(-1);
    for (String no : List.of("x", "", " 1", "01", "1.0", "9223372036854775808")) {
      strings().set("s", no);
      assertThatThrownBy(() -> strings().increment("s")).isInstanceOf(NotANumberException.class);
      assertThat(strings().get("s")).contains(no);
    }
  }

  @Test default void increment_byADouble_printsAsRedisDoes() {
    assertThat(strings().increment("f", 0.1)).isEqualTo(0.1);
    assertThat(strings().increment("f", 0.2)).isEqualTo(0.3);
    assertThat(strings().get("f")).contains("0.3");
    assertThat(strings().increment("f", 5.0e3)).isEqualTo(5000.3);
    strings().set("f", "3");
    assertThat(strings().increment("f", -1.5e-5)).isEqualTo(2.999985);
    assertThat(strings().get("f")).contains("2.999985");
    strings().set("f", "0");
    assertThat(strings().increment("f", 1e20)).isEqualTo(1e20);
    assertThat(strings().get("f")).contains("100000000000000000000");
  }

  @Test default void increment_byADouble_refusesWhatIsNoNumberOrInfinite() {
    strings().set("f", "10");
    assertThatThrownBy(() -> strings().increment("f", Double.NaN)).isInstanceOf(NotANumberException.class);
    assertThatThrownBy(() -> strings().increment("f", Double.POSITIVE_INFINITY))
        .isInstanceOf(OutOfRangeException.class);
    assertThat(strings().get("f")).contains("10");
    strings().set("f", "ten");
    assertThatThrownBy(() -> strings().increment("f", 1.0)).isInstanceOf(NotANumberException.class);
  }

  @Test default void bytes_goThroughAsTheyAre() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Keyspace<Bytes, byte[]> raw = cache().as(Codecs.bytes(), Codecs.byteArray());
    Bytes key = Bytes.copyOf(new byte[] {0, '\r', '\n', -1});
    raw.strings().set(key, all);
    assertThat(raw.strings().get(key).orElseThrow()).isEqualTo(all);
    assertThat(raw.keys().matching("*")).containsExactly(key);
    byte[] large = new byte[3_000_000];
    Arrays.fill(large, (byte) 7);
    raw.strings().set(key, large);
    assertThat(raw.strings().get(key).orElseThrow()).isEqualTo(large);
  }

  @Test default void aCodec_mayHandOutTheSameArrayAgain() {
    Keyspace<String, String> cached = cache().as(new OneArrayCodec(), new OneArrayCodec());
    cached.set("key1", "val1");
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("key2", "val2");
    entries.put("key3", "val3");
    cached.strings().setAll(entries);
    cached.keys().rename("key1", "key4");
    cached.pipeline(p -> List.of(p.set("key5", "val5"), p.set("key6", "val6")));
    cached.atomically(List.of("key4", "key5"), t -> t.write().set("key7", t.read().get("key6").orElseThrow()));
    assertThat(cache().getAll(List.of("key2", "key3", "key4", "key5", "key6", "key7"))).isEqualTo(Map.of(
        "key2", "val2", "key3", "val3", "key4", "val1", "key5", "val5", "key6", "val6", "key7", "val6"));
  }

  @Test default void compute_setsChangesAndDeletes_andKeepsTheDeadline() {
    assertThat(strings().compute("k", old -> Optional.of(old.orElse("none") + "!"))).contains("none!");
    keys().expire("k", HOUR);
    assertThat(strings().compute("k", old -> old.map(v -> v + "?"))).contains("none!?");
    assertThat(strings().get("k")).contains("none!?");
    assertThat(keys().timeToLive("k").left()).isPositive();
    assertThat(strings().compute("k", old -> Optional.empty())).isEmpty();
    assertThat(keys().exists("k")).isFalse();
    assertThat(strings().compute("k", old -> old)).isEmpty();
    assertThat(keys().exists("k")).isFalse();
  }

  @Test default void compute_runsAgainWhenSomebodyComesBetween_andABodyThatThrowsChangesNothing() {
    strings().set("k", "1");
    int[] runs = new int[1];
    assertThat(strings().compute("k", old -> {
      if (runs[0]++ == 0) {
        strings().set("k", "10");
      }
      return old.map(v -> v + "0");
    })).contains("100");
    assertThat(runs[0]).isEqualTo(2);
    assertThatThrownBy(() -> strings().compute("k", old -> {
      throw new IllegalArgumentException("mine");
    })).isInstanceOf(IllegalArgumentException.class).hasMessage("mine");
    assertThat(strings().get("k")).contains("100");
  }

  @Test default void computeIfAbsent_makesTheValueOnce() {
    assertThat(strings().computeIfAbsent("k", key -> key + "1")).isEqualTo("k1");
    assertThat(strings().computeIfAbsent("k", key -> "other")).isEqualTo("k1");
    assertThat(strings().get("k")).contains("k1");
    assertThat(strings().computeIfAbsent("raced", key -> {
      strings().set(key, "first");
      return "second";
    })).isEqualTo("first");
  }

  @Test default void merge_joinsWithWhatIsThere() {
    assertThat(strings().merge("k", "a", (old, more) -> old + more)).isEqualTo("a");
    assertThat(strings().merge("k", "b", (old, more) -> old + more)).isEqualTo("ab");
    assertThat(strings().get("k")).contains("ab");
  }
}
