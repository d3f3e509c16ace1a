package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Failure;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private static final Pattern CANONICAL = Pattern.compile("0|-?[1-9][0-9]*");
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  @Test void parse_takesExactlyTheCanonicalTexts() {
    String[] texts = {"", "-", "+", "0", "-0", "+0", "00", "01", "-01", "1", "-1", "+1", " 1", "1 ", "1.", "1.0", "1e3",
        "0x1", "9", "10", "-9", "a", "\0", "1\0", "--1", "1-", "/", ":", "1/", "1:", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9999999999999999999",
        "-9999999999999999999", "18446744073709551615", "18446744073709551616", "18446744073709551617",
        "10000000000000000000", "27670116110564327424", "999999999999999999", "1000000000000000000",
        "12345678901234567890123", "-", "٣", "1٣"};
    for (String text : texts) {
      check(text);
    }
  }

  @Test void parse_agreesWithBigInteger_onRandomTexts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "0123456789012345678901234567890123456789-+ .";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      for (int n = random.nextInt(23); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(random.nextInt(4) == 0 ? alphabet.length() : 10)));
      }
      check(text.toString(), seed);
    }
  }

  @Test void parse_agreesWithBigInteger_aroundTheEndsOfLong() {
    for (BigInteger end : new BigInteger[] {LEAST, MOST, MOST.shiftLeft(1), LEAST.shiftLeft(1)}) {
      for (int i = -300; i <= 300; i++) {
        check(end.add(BigInteger.valueOf(i)).toString());
      }
    }
  }

  @Test void write_givesWhatParseTakes_andLengthSaysHowMuch() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    checkWritten(0);
    checkWritten(Long.MIN_VALUE);
    checkWritten(Long.MAX_VALUE);
    for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
      for (long near = power - 1; near <= power + 1; near++) {
        checkWritten(near);
        checkWritten(-near);
      }
    }
    for (int i = 0; i < 100_000; i++) {
      checkWritten(random.nextLong() >> random.nextInt(64));
    }
  }

  private static void checkWritten(long value) {
    byte[] room = new byte[Numbers.LONG_BYTES + 6];
    int length = Numbers.write(value, room, 3);
    assertThat(new String(room, 3, length, StandardCharsets.ISO_8859_1)).isEqualTo(Long.toString(value));
    assertThat(length).isEqualTo(Numbers.length(value)).isLessThanOrEqualTo(Numbers.LONG_BYTES);
    assertThat(room[2]).isZero();
    assertThat(room[3 + length]).isZero();
    assertThat(Numbers.parse(room, 3, length)).isEqualTo(value);
  }

  private static void check(String text) {
    check(text, 0);
  }

  private static void check(String text, long seed) {
    byte[] bytes = ("9-" + text + "9").getBytes(StandardCharsets.UTF_8); // what stands around must not count
    int length = bytes.length - 3;
    Slice slice = new Slice().wrap(bytes, 2, length);
    boolean number = CANONICAL.matcher(text).matches()
        && new BigInteger(text).compareTo(LEAST) >= 0 && new BigInteger(text).compareTo(MOST) <= 0;
    if (number != Numbers.isLong(bytes, 2, length)) {
      throw new AssertionError("'" + text + "' should be " + number + ", seed " + seed);
    }
    if (number) {
      assertThat(Numbers.parse(slice)).as("'%s', seed %d", text, seed).isEqualTo(Long.parseLong(text));
    } else {
      assertThatThrownBy(() -> Numbers.parse(slice)).as("'%s', seed %d", text, seed)
          .isSameAs(Signal.of(Failure.NOT_AN_INTEGER));
    }
  }
}
