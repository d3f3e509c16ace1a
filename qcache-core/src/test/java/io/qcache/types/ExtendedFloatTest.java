package io.qcache.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * The sums are what a C program with {@code strtold}, {@code long double} and {@code "%.17Lf"} prints on x86-64, its
 * zeros trimmed as Redis trims them; 200,000 random pairs were compared with it by hand, without a difference.
 */
class ExtendedFloatTest {
  private static final int LONGEST = 5 * 1024 - 1; // Redis copies the text into 5 KiB, with a zero byte behind it

  /** One sum a line; E where a text is no number, N where the sum is not finite, {@code ~n} for one of n characters. */
  private static final String SUMS = """
      0 -0 = 0
      -0 -0 = 0
      0 -1e-30 = 0
      3.0 5.0e3 = 5003
      10.50 0.1 = 10.6
      0.1 0.2 = 0.3
      1 0x10 = 17
      1 0x.8p1 = 2
      1 -0x1.8p1 = -2
      1 0XAp-1 = 6
      1 +1 = 2
      1 .5 = 1.5
      1 5. = 6
      1 1e4932 = 1000000000000000000006018949387963891323~4933
      0 -1e4932 = -100000000000000000000601894938796389132~4934
      1.18973149535723176502e4932 0 = 1189731495357231765021263853030970205169~4933
      1.18973149535723176502e4932 1e4913 = N
      1.18973149535723176506e4932 0 = E
      0 1.18973149535723176508e4932 = E
      0 0x1p16383 = 5948657476786158825428796633140035653817~4932
      0 0x1p16384 = E
      0 0x1.fffffffffffffffep16383 = 1189731495357231765021263853030970205169~4933
      0 0x1.ffffffffffffffffp16383 = E
      0 1e-4951 = E
      0 3.6451995318824746025e-4951 = 0
      0 1.82259976594123730127e-4951 = 0
      0 1.8225997659412373012e-4951 = E
      0 0x1p-16445 = 0
      0 0x1p-16446 = E
      0 0x1.8p-16446 = 0
      1 1e-4960 = E
      1 0e99999999999999999999 = 1
      1 0x0p99999999999999999999 = 1
      1 1e99999999999999999999 = E
      1 1e-99999999999999999999 = E
      1 0.00000000000000000000000000000000000000001e41 = 2
      9223372036854775807 1 = 9223372036854775808
      18446744073709551615 1 = 18446744073709551616
      18446744073709551616 1 = 18446744073709551616
      18446744073709551617 0 = 18446744073709551616
      18446744073709551618 1 = 18446744073709551620
      18446744073709551619 0 = 18446744073709551620
      36893488147419103233 0 = 36893488147419103232
      1e19 1 = 10000000000000000001
      1e20 1 = 100000000000000000000
      0 1e-17 = 0.00000000000000001
      0 5e-18 = 0
      0 1.5e-17 = 0.00000000000000002
      0 2.5e-17 = 0.00000000000000002
      0 4.9e-18 = 0
      0 0x1p-18 = 0.00000381469726562
      0 0x3p-18 = 0.00001144409179688
      0 -0x5p-18 = -0.00001907348632812
      0 0.000000000000000005000000001 = 0.00000000000000001
      0 0.99999999999999999500001 = 1
      0 0.9999999999999999949 = 0.99999999999999999
      123.4 -123.4 = 0
      0.00000000000000001 -0.00000000000000001 = 0
      -1.5 0.25 = -1.25
      3.14159265358979323846 2.71828182845904523536 = 5.85987448204883847
      1e300 1e300 = 2000000000000000000017994648159118387741~301
      1e308 1e-17 = 9999999999999999999668587965584564566056~308
      12345678901234567890.12345678901234567890 0 = 12345678901234567890
      0x1.000000000000000180000000001p0 0 = 1
      0x1.0000000000000001p0 0 = 1
      0x8.000000000000000cp0 0 = 8
      0x8.0000000000000004p0 0 = 8
      inf 1 = N
      1 -Infinity = N
      inf -inf = N
      1 nan = E
      1 infin = E
      1 0x = E
      1 0xp1 = E
      1 0x1p = E
      1 1e = E
      1 1e+ = E
      1 . = E
      1 .e1 = E
      1 + = E
      1 --1 = E
      1 1_000 = E
      1 1d = E
      1 1f = E
      1 1,5 = E
      1 1.2.3 = E
      """;

  @Test void sums_areWhatALongDoubleOnX86Gives() {
    SoftAssertions all = new SoftAssertions();
    for (String line : SUMS.strip().split("\n")) {
      String[] parts = line.strip().split(" ");
      String sum = sum(parts[0], parts[1]);
      String expected = parts[3];
      int cut = expected.indexOf('~');
      String shown = cut < 0 || sum.length() < cut ? sum : sum.substring(0, cut) + "~" + sum.length();
      all.assertThat(shown).as(line.strip()).isEqualTo(expected);
    }
    all.assertAll();
  }

  @Test void parse_ofTheEmptyText_isNoNumber() {
    assertThat(parse("")).isNull();
  }

  @Test void parse_takesWhatFitsRedisBuffer_andNothingLonger() {
    String longest = "0".repeat(LONGEST - 1) + "1";
    assertThat(parse(longest)).isNotNull();
    assertThat(parse("0" + longest)).isNull();
    assertThat(parse("0".repeat(100_000))).isNull();
  }

  @Test void parse_ofTextWithAZeroByteOrHighBytes_isNoNumber() {
    assertThat(parse("1\0")).isNull();
    assertThat(parse("\0")).isNull();
    assertThat(parse("1\u00b2")).isNull();
    assertThat(parse("0x\u00e91")).isNull();
  }

  @Test void parse_readsOnlyItsSpan() {
    byte[] within = "991.5e1x".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(text(ExtendedFloat.parse(within, 2, 5))).isEqualTo("15");
  }

  @Test void theLongestTexts_costNoMoreThanTheirDigits() { // 10^999999999 as a BigInteger would not come back
    assertThat(parse("1".repeat(4_000) + "e-" + "9".repeat(1_000))).isNull();
    assertThat(parse("0x" + "f".repeat(4_000) + "p" + "9".repeat(1_000))).isNull();
    assertThat(parse("0." + "0".repeat(4_930) + "1e4931")).isNotNull();
  }

  @Test void plus_isCommutative_andZeroIsNeutral() {
    for (String line : SUMS.strip().split("\n")) {
      String[] parts = line.strip().split(" ");
      assertThat(sum(parts[1], parts[0])).as(line).isEqualTo(sum(parts[0], parts[1]));
    }
    assertThat(text(parse("3.25").plus(ExtendedFloat.ZERO))).isEqualTo("3.25");
  }

  private static String sum(String one, String other) {
    ExtendedFloat a = parse(one);
    ExtendedFloat b = parse(other);
    if (a == null || b == null) {
      return "E";
    }
    ExtendedFloat sum = a.plus(b);
    return sum.isFinite() ? text(sum) : "N";
  }

  private static ExtendedFloat parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return ExtendedFloat.parse(bytes, 0, bytes.length);
  }

  private static String text(ExtendedFloat number) {
    return new String(number.text(), StandardCharsets.ISO_8859_1);
  }
}
