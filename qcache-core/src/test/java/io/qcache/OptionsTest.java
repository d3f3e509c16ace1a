package io.qcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @ParameterizedTest
  @CsvSource({"PT0S,0", "PT0.000000001S,1", "PT0.001S,1", "PT0.001000001S,2", "PT1S,1000", "PT0.999999999S,1000",
      "PT-0.000000001S,0", "PT-0.0015S,-1", "PT-0.001S,-1", "PT-1S,-1000", "PT-1.000000001S,-1000"})
  void aDuration_isItsMillisecondsRoundedUp(Duration duration, long millis) {
    assertThat(Millis.of(duration)).isEqualTo(millis);
  }

  @Test void durations_agreeWithExactArithmetic() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      Duration duration = Duration.ofSeconds(random.nextLong() >> random.nextInt(64), random.nextInt(1_000_000_000));
      BigInteger nanos = BigInteger.valueOf(duration.getSeconds()).multiply(BigInteger.valueOf(1_000_000_000))
          .add(BigInteger.valueOf(duration.getNano()));
      BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000));
      BigInteger up = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
      long expected = up.bitLength() < 64 ? up.longValue() : up.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
      assertThat(Millis.of(duration)).as("%s, seed %d", duration, seed).isEqualTo(expected);
    }
  }

  @Test void timesBeyondLong_saturate() {
    assertThat(Millis.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    assertThat(Millis.of(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    assertThat(Millis.of(Duration.ofMillis(Long.MAX_VALUE).plusNanos(1))).isEqualTo(Long.MAX_VALUE);
    assertThat(Millis.of(Duration.ofMillis(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    assertThat(Millis.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(Millis.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    assertThat(Millis.of(Instant.ofEpochSecond(0, -1))).as("rounded down").isEqualTo(-1);
  }

  @Test void setOptions_areBuiltByWhatDiffers() {
    assertThat(SetOptions.always().expiry()).isEqualTo(SetOptions.Expiry.NONE);
    assertThat(SetOptions.always().condition()).isEqualTo(SetOptions.Condition.ALWAYS);
    SetOptions in = SetOptions.ifAbsent().expireIn(Duration.ofNanos(1));
    assertThat(in.condition()).isEqualTo(SetOptions.Condition.IF_ABSENT);
    assertThat(in.expiry()).isEqualTo(SetOptions.Expiry.IN);
    assertThat(in.expiryMillis()).isEqualTo(1);
    assertThat(SetOptions.ifPresent().expireAt(Instant.ofEpochMilli(5)).expiryMillis()).isEqualTo(5);
    assertThat(in.keepTtl().expiry()).as("the last word counts").isEqualTo(SetOptions.Expiry.KEEP);
  }

  @Test void setOptions_areValues() {
    assertThat(SetOptions.ifAbsent().expireIn(Duration.ofSeconds(1)))
        .isEqualTo(SetOptions.ifAbsent().expireIn(Duration.ofMillis(1000)))
        .hasSameHashCodeAs(SetOptions.ifAbsent().expireIn(Duration.ofMillis(1000)))
        .isNotEqualTo(SetOptions.ifPresent().expireIn(Duration.ofSeconds(1)))
        .isNotEqualTo(SetOptions.ifAbsent().expireAt(Instant.ofEpochMilli(1000)))
        .isNotEqualTo(SetOptions.ifAbsent().expireIn(Duration.ofSeconds(2)))
        .hasToString("SetOptions[IF_ABSENT, IN 1000]");
    assertThat(SetOptions.always().keepTtl()).hasToString("SetOptions[ALWAYS, KEEP]");
  }

  @Test void values_outOfRange_areRefusedByName() {
    assertThatThrownBy(() -> SetOptions.always().expireIn(Duration.ZERO))
        .isInstanceOf(OutOfRangeException.class).hasMessageContaining("expireIn").hasMessageContaining("PT0S");
    assertThatThrownBy(() -> SetOptions.always().expireIn(Duration.ofMillis(-1)))
        .isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> CopyOptions.replace().toDatabase(-1))
        .isInstanceOf(OutOfRangeException.class).hasMessage("database must be >= 0: was -1");
    assertThatThrownBy(() -> ScanOptions.all().count(0))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("count must be > 0: was 0");
    assertThatThrownBy(() -> QCache.builder().databases(0))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("databases must be from 1 to 65536: was 0");
  }

  @Test void copyOptions_sayDatabaseAndReplacing() {
    assertThat(CopyOptions.ifAbsent().replaces()).isFalse();
    assertThat(CopyOptions.ifAbsent().database()).isEmpty();
    assertThat(CopyOptions.replace().toDatabase(0).database()).hasValue(0);
    assertThat(CopyOptions.replace().toDatabase(3).replaces()).isTrue();
  }

  @Test void scanOptions_theEmptyPattern_isAPatternThatOnlyTheEmptyKeyMatches() {
    assertThat(ScanOptions.all().glob()).isEmpty();
    assertThat(ScanOptions.all().matching("").glob()).hasValue("");
    ScanOptions some = ScanOptions.all().matching("a*").count(7).type(ValueType.STRING);
    assertThat(some.glob()).hasValue("a*");
    assertThat(some.count()).isEqualTo(7);
    assertThat(some.type()).hasValue(ValueType.STRING);
    assertThat(ScanOptions.all().type()).isEmpty();
    try (QCache cache = QCache.open()) {
      cache.set("", "x");
      cache.set("a", "x");
      assertThat(cache.keys().scan(ScanOptions.all().matching(""))).containsExactly("");
      assertThat(cache.keys().matching("")).containsExactly("");
    }
  }

  @Test void aScan_endsWithNoSuchElement() {
    try (QCache cache = QCache.open()) {
      assertThat(cache.keys().scan(ScanOptions.all())).isEmpty();
      var keys = cache.keys().scan(ScanOptions.all()).iterator();
      assertThatThrownBy(keys::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test void timeToLive_readsWhatPttlAnswers() {
    assertThat(TimeToLive.ofMillis(-2)).isEqualTo(TimeToLive.missing());
    assertThat(TimeToLive.ofMillis(-1)).isEqualTo(TimeToLive.none());
    assertThat(TimeToLive.ofMillis(0).asDuration()).hasValue(Duration.ZERO);
    assertThat(TimeToLive.ofMillis(5).asDuration()).hasValue(Duration.ofMillis(5));
    assertThat(TimeToLive.missing().isMissing()).isTrue();
    assertThat(TimeToLive.none().asDuration()).isEmpty();
  }

  @Test void utf8_isWhatItEncodes_andReplacesWhatIsNone() {
    for (String text : List.of("", "a", "é", "\u20ac", "\ud83d\ude00", "\0")) {
      byte[] bytes = Codecs.utf8().encode(text);
      assertThat(Codecs.utf8().decode(bytes, 0, bytes.length)).isEqualTo(text);
    }
    assertThat(Codecs.utf8().decode(new byte[] {'x', (byte) 0xff, 'y'}, 1, 1)).isEqualTo("\ufffd");
  }

  @Test void byteArrays_areHandedOverAsTheyAre_andComeBackFresh() {
    byte[] array = {1, 2, 3};
    assertThat(Codecs.byteArray().encode(array)).isSameAs(array);
    assertThat(Codecs.byteArray().decode(array, 1, 2)).containsExactly(2, 3);
    assertThat(Codecs.byteArray().decode(array, 0, 3)).isNotSameAs(array);
    assertThat(Codecs.bytes().decode(array, 1, 1)).isEqualTo(Bytes.copyOf(array, 1, 1));
  }

  @Test void aTypeAnswers_toRedisName() {
    assertThat(ValueType.SORTED_SET.wireName()).isEqualTo("zset");
    assertThat(ValueType.STRING.wireName()).isEqualTo("string");
  }
}
