package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
  @Test void everySize_isWrittenAndReadAsJavaDoes() {
    check(0);
    check(Long.MIN_VALUE);
    check(Long.MAX_VALUE);
    for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
      for (long number : new long[] {power - 1, power, power + 1, 5 * power, 9 * power}) {
        check(number);
        check(-number);
      }
    }
  }

  @Test void randomNumbers_areWrittenAndReadAsJavaDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      check(random.nextLong() >> random.nextInt(64));
    }
  }

  private static void check(long number) {
    byte[] digits = new byte[30];
    String expected = Long.toString(number);
    int end = Digits.put(digits, 3, number);
    assertThat(Bytes.text(digits, 3, end - 3)).isEqualTo(expected);
    assertThat(Digits.size(number)).isEqualTo(expected.length());
    assertThat(Digits.parse(digits, 3, end)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "+1", "01", "-01", "00", "-0", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "1-", "a",
      "/", ":", "9223372036854775808", "-9223372036854775809", "9223372036854775810", "99999999999999999999",
      "\u00001"})
  void anythingElse_isNoNumber(String text) {
    byte[] bytes = Bytes.of(text);

    assertThatThrownBy(() -> Digits.parse(bytes, 0, bytes.length)).isInstanceOf(NumberFormatException.class);
  }
}
