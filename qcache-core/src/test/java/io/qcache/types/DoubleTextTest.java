package io.qcache.types;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleTextTest {
  private static double parse(String text) {
    return DoubleText.parse(("<" + text + ">").getBytes(ISO_8859_1), 1, text.length());
  }

  private static double loosely(String text) {
    return DoubleText.parseLoosely(("<" + text + ">").getBytes(ISO_8859_1), 1, text.length());
  }

  @ParameterizedTest @CsvSource({"0, 0", "-0, -0.0", "1, 1", "+1, 1", "1.5, 1.5", ".5, 0.5", "5., 5", "-.25, -0.25", "1e3, 1000", "1E-2, 0.01",
      "0x10, 16", "0X1.8p1, 3", "-0x.8, -0.5", "inf, Infinity", "-INF, -Infinity", "+Infinity, Infinity", "1e308, 1e308",
      "5e-324, 4.9e-324", "0e999, 0", "0x0p9999, 0", "123456789012345678, 123456789012345680", "0.1, 0.1", "000001, 1",
      "12345678901234567890123, 1.2345678901234568e22", "3.14159265358979323846264338327950288, 3.141592653589793"})
  void numbers_areReadAsStrtodReadsThem(String text, double number) {
    assertThat(parse(text)).isEqualTo(number);
    assertThat(loosely(text)).isEqualTo(number);
    assertThat(loosely(" \t\n\u000b\f\r" + text)).isEqualTo(number);
    assertThat(loosely(text + "\u0000 and more")).isEqualTo(number);
  }

  @ParameterizedTest @ValueSource(strings = {"nan", "-nan", "nan(1)", "x", "1x", "1 ", "-", "+", ".", "-.", "--1", "+-1", "1e", "1e+", "1.2.3", "0x", "0xg",
      "0x1p", "1_0", "1f", "1d", "0x1p3d", "infinit", "i", "\u0661", "1e5.0", "(1"})
  void whatIsNoNumber_isNaN(String text) {
    assertThat(parse(text)).isNaN();
    assertThat(loosely(text)).isNaN();
  }

  @Test void strictly_whiteSpace_nothing_andWhatIsOutOfRange_areNoNumbers() {
    for (String text : new String[] {"", " 1", "1\u0000", "\u0000", "1e400", "-1e400", "1e-400", "0x1p9999", "0x1p-9999"}) {
      assertThat(parse(text)).as(text).isNaN();
    }
  }

  @Test void loosely_nothingIsZero_andWhatIsOutOfRange_goesToTheEnd() {
    assertThat(loosely("")).isZero();
    assertThat(loosely("\u0000x")).isZero();
    assertThat(loosely(" ")).isNaN();
    assertThat(loosely("1e400")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(loosely("-1e400")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(loosely("1e-400")).isZero();
  }

  @Test void digits_areReadAsJavaReadsThem() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      int digits = 1 + random.nextInt(20);
      int zeros = random.nextInt(20);
      int point = random.nextInt(30);
      for (int n = 0; n < digits; n++) {
        text.append(n == point ? "." : "").append(n < zeros ? '0' : (char) ('0' + random.nextInt(10)));
      }
      assertThat(parse(text.toString())).as("%s, seed %d", text, seed).isEqualTo(Double.parseDouble(text.toString()));
    }
  }
}
