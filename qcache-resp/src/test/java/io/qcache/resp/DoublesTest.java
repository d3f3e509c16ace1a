package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoublesTest {
  /** What C prints for {@code %.17g}, made by another language's run time. */
  @ParameterizedTest
  @ValueSource(strings = {
    "0.1 = 0.10000000000000001",
    "-0.1 = -0.10000000000000001",
    "3.14 = 3.1400000000000001",
    "0.3333333333333333 = 0.33333333333333331",
    "0.6666666666666666 = 0.66666666666666663",
    "1e+16 = 10000000000000000",
    "1e+17 = 1e+17",
    "1.5e+17 = 1.5e+17",
    "1.2345678901234568e+17 = 1.2345678901234568e+17",
    "1e+21 = 1e+21",
    "1e+22 = 1e+22",
    "1e+100 = 1e+100",
    "-1e+100 = -1e+100",
    "1.7976931348623157e+308 = 1.7976931348623157e+308",
    "5e-324 = 4.9406564584124654e-324",
    "2.2250738585072014e-308 = 2.2250738585072014e-308",
    "-2.2250738585072014e-308 = -2.2250738585072014e-308",
    "0.0001 = 0.0001",
    "1e-05 = 1.0000000000000001e-05",
    "0.00012345 = 0.00012344999999999999",
    "9.9999e-05 = 9.9999000000000003e-05",
    "0.0001 = 0.0001",
    "123.456 = 123.456",
    "0.5 = 0.5",
    "9.999999999999998e+16 = 99999999999999984",
    "4503599627370498.0 = 4503599627370498",
    "1e-10 = 1e-10",
    "1.0000000000000002 = 1.0000000000000002",
    "9007199254740992.0 = 9007199254740992",
    "2.5 = 2.5",
    "1000000000000000.2 = 1000000000000000.2",
    "7.205759403792794e+16 = 72057594037927936",
    "9.999999999999998e+16 = 99999999999999984",
    "10928588.983213553 = 10928588.983213553",
    "1.4186613525849614e+134 = 1.4186613525849614e+134",
    "-7.571968556055867e-74 = -7.5719685560558675e-74",
    "-1.4074705188261364e+113 = -1.4074705188261364e+113",
    "-3.3339745473042614e-121 = -3.3339745473042614e-121",
    "-1.2342180766211395e-271 = -1.2342180766211395e-271",
    "-5.126864004244935e+111 = -5.1268640042449351e+111",
    "-2.1520217579844227e+32 = -2.1520217579844227e+32",
    "0.1399601630397701 = 0.1399601630397701",
    "1.01853664031722e-244 = 1.01853664031722e-244",
    "2.9704598186234577e-115 = 2.9704598186234577e-115",
    "3.0534183338726823e+150 = 3.0534183338726823e+150",
    "-2.3027782228163463e+146 = -2.3027782228163463e+146",
    "3.56409621163656e+161 = 3.5640962116365598e+161",
    "6.352929017207453e-183 = 6.3529290172074526e-183",
    "0.3146575865605324 = 0.31465758656053239",
    "-1.2761724801771812e-23 = -1.2761724801771812e-23",
    "2.0868668176225336e+195 = 2.0868668176225336e+195",
    "3.66898827745704e-84 = 3.6689882774570399e-84",
    "-1.389122273370197e+145 = -1.389122273370197e+145",
    "1.7548715433165102e+172 = 1.7548715433165102e+172",
    "-1039514241563211.8 = -1039514241563211.8",
    "5.7804021771411506e-220 = 5.7804021771411506e-220",
    "-2.8497478716107576e-163 = -2.8497478716107576e-163",
    "3.490691392124745e+240 = 3.4906913921247447e+240",
    "1.3282314387596086e-145 = 1.3282314387596086e-145",
    "-2.9317061175715426e+274 = -2.9317061175715426e+274"
  })
  void numbers_areWrittenAsCDoes(String row) {
    String[] parts = row.split(" = ");

    assertThat(text(Double.parseDouble(parts[0]))).isEqualTo(parts[1]);
  }

  @Test void numbersOfEverySize_areRoundedLikeTheirExactValue() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      double number = switch (i % 4) {
        case 0 -> Math.pow(10, random.nextDouble() * 24 - 6) * (random.nextBoolean() ? 1 : -1);
        case 1 -> nextTo(Math.pow(10, random.nextInt(24) - 6), random.nextInt(7) - 3);
        case 2 -> (random.nextLong() >> 11 + random.nextInt(20)) / (double) (1 << random.nextInt(8));
        default -> random.nextInt(1 << 30) / (double) (1 << random.nextInt(30)) + random.nextInt();
      };
      assertThat(text(number)).as("seed " + seed + ": " + Double.toHexString(number)).isEqualTo(exactly(number));
    }
  }

  private static double nextTo(double number, int steps) {
    return Double.longBitsToDouble(Double.doubleToLongBits(number) + steps);
  }

  /** Told by the rule: 17 digits of the exact value, plain if the exponent is within -4..16, trailing zeros dropped. */
  private static String exactly(double number) {
    if (number == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 17) {
      return rounded.toPlainString();
    }
    String mantissa = rounded.scaleByPowerOfTen(-exponent).toPlainString();
    return mantissa + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
  }

  @Test void fractions_allocateNothing_unlessTheyHaveAnExponent() {
    byte[] digits = new byte[Doubles.MOST];
    Runnable write = () -> {
      for (int i = 1; i < 20_000; i++) {
        Doubles.put(digits, 0, i / 7.0);
      }
    };
    write.run();

    assertThat(Allocation.of(write)).isLessThan(2_000);
  }

  @Test void wholeNumbers_haveNoPoint() {
    assertThat(text(0)).isEqualTo("0");
    assertThat(text(-0.0)).isEqualTo("-0");
    assertThat(text(3)).isEqualTo("3");
    assertThat(text(-99999999999999984.0)).isEqualTo("-99999999999999984");
  }

  @Test void whatIsNoNumber_hasAName() {
    assertThat(text(Double.NaN)).isEqualTo("nan");
    assertThat(text(Double.POSITIVE_INFINITY)).isEqualTo("inf");
    assertThat(text(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
    assertThat(parse("-nan")).isNaN();
  }

  @Test void everyNumber_isReadBackAsItWas_fromAtMost24Bytes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      double number = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(1 << 20) / 1000.0;
      String text = text(number);
      assertThat(parse(text)).as("seed " + seed + ": " + text).isEqualTo(Double.valueOf(number));
      assertThat(text.length()).isLessThanOrEqualTo(Doubles.MOST);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "1f", "1d", "0x1p3", "NaN", "Infinity", "+inf", "INF", "1,5", "e", "1e",
      "--1", "1.2.3"})
  void anythingElse_isNoNumber(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(NumberFormatException.class);
  }

  private static double parse(String text) {
    return Doubles.parse(Bytes.of(text), 0, text.length());
  }

  private static String text(double number) {
    byte[] digits = new byte[5 + Doubles.MOST];
    return Bytes.text(digits, 5, Doubles.put(digits, 5, number) - 5);
  }
}
