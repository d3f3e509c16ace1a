package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  /** Each was tried with SET and KEYS on redis-server 7.0.15. */
  @ParameterizedTest
  @CsvSource(quoteCharacter = '\'', value = {
      "'*','',true", "'','',true", "'','x',false", "'?','',false", "'**','',false", "'?*','',false",
      "'a*','a',true", "'a**','a',true", "'*?','a',true", "'*?','',false",
      "'[','x',false", "'[^','x',true", "'[^','^',true", "'x[','x',false", "'a*[','ab',false", "'*[^','x',true",
      "'[abc','b',true", "'[^abc','d',true", "'[abc','bx',false", "'*[','abc[',false",
      "'[a-','a',true", "'[a-','-',true", "'[a-z','-',false", "'[^a-z','-',true",
      "'[a-]','b',false", "'[a-]',']',true", "'[a-]','_',true", "'[a-]','-',false",
      "'[z-a]','m',true", "'[a-b-c]','-',true", "'[--/]','.',true",
      "'[]','x',false", "'[]]',']',false", "'[]]',']]',false", "'[^]','x',true", "'[^]]','x]',true", "'x[^]','x',false",
      "'[a\\]b]',']',true", "'[\\a-c]','b',false", "'[\\a-c]','-',true", "'[\\','\\',true",
      "'a\\','a\\',true", "'a\\','a',false", "'\\','\\',true", "'*\\','ab\\',true", "'a\\\\','a\\',true",
      "'\\*','*',true", "'\\*','x',false", "'[*]','*',true", "'[?]','a',false", "'^','^',true",
      "'h[ae-k]llo','hello',true", "'h[ae-k]llo','hillo',true", "'h[ae-k]llo','hbllo',false",
      "'*aab','aaaab',true", "'a*b*c','axbxbxc',true", "'a*b*c','axbxbxcx',false"
  })
  void aGlob_matchesWhatRedisMatches(String pattern, String text, boolean matches) {
    assertThat(matches(pattern, text)).as("%s on %s", pattern, text).isEqualTo(matches);
  }

  @Test void aRange_isOfUnsignedBytes() { // Redis compares plain chars, signed on x86 and unsigned on ARM
    assertThat(matches("[a-\u00ff]", "\u00e9")).isTrue();
    assertThat(matches("[a-\u00ff]", "b")).isTrue();
    assertThat(matches("[\0-\u00ff]", "m")).isTrue();
    assertThat(matches("[a-\u00ff]", "A")).isFalse();
  }

  @Test void matches_agreesWithANaiveReference_onRandomPatternsAndTexts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int hits = 0;
    for (int i = 0; i < 400_000; i++) {
      String pattern = random(random, "ab**?[]^-\\abc", 10);
      String text = random(random, random.nextInt(4) == 0 ? "ab[]^-\\*?" : "abc", 8);
      boolean expected = Reference.matches(pattern, text);
      hits += expected ? 1 : 0;
      if (matches(pattern, text) != expected) {
        throw new AssertionError("'" + pattern + "' on '" + text + "' should be " + expected + ", seed " + seed);
      }
    }
    assertThat(hits).as("the random patterns match now and then").isGreaterThan(10_000);
  }

  @Test void aPatternBuiltToExplode_takesPatternTimesTextAtMost() {
    String pattern = "a*".repeat(2_000) + "b";
    byte[] text = "a".repeat(20_000).getBytes(ISO_8859_1); // a backtracking matcher has 2^2000 ways to try
    Glob glob = new Glob(pattern.getBytes(ISO_8859_1));
    boolean matches = Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> glob.matches(text, 0, text.length));
    assertThat(matches).isFalse();
  }

  @Test void aGlob_keepsACopyOfItsPattern_andReadsOnlyItsSpan() {
    byte[] pattern = "a?".getBytes(ISO_8859_1);
    Glob glob = new Glob(pattern);
    Glob ofSlice = Glob.of(new Slice().wrap("xa?x".getBytes(ISO_8859_1), 1, 2));
    Arrays.fill(pattern, (byte) 'z');
    byte[] text = "--ab--".getBytes(ISO_8859_1);
    assertThat(glob.matches(text, 2, 2)).isTrue();
    assertThat(ofSlice.matches(text, 2, 2)).isTrue();
    assertThat(glob.matches(text, 2, 3)).isFalse();
  }

  private static boolean matches(String pattern, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return new Glob(pattern.getBytes(ISO_8859_1)).matches(bytes, 0, bytes.length);
  }

  private static String random(Random random, String alphabet, int most) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** What a pattern means, said once more: recursive, one element at a time, as slow as may be. */
  private static final class Reference {
    static boolean matches(String pattern, String text) {
      return pattern.equals("*") || (text.isEmpty() ? pattern.isEmpty() : fits(pattern, text));
    }

    private static boolean fits(String pattern, String text) {
      if (pattern.isEmpty()) {
        return text.isEmpty();
      }
      if (pattern.charAt(0) == '*') {
        return fits(pattern.substring(1), text) || (!text.isEmpty() && fits(pattern, text.substring(1)));
      }
      int end = elementEnd(pattern);
      return !text.isEmpty() && takes(pattern.substring(0, end), text.charAt(0))
          && fits(pattern.substring(end), text.substring(1));
    }

    private static int elementEnd(String pattern) {
      if (pattern.charAt(0) == '\\') {
        return Math.min(2, pattern.length());
      }
      if (pattern.charAt(0) != '[') {
        return 1;
      }
      int at = pattern.startsWith("[^") ? 2 : 1;
      while (at < pattern.length() && pattern.charAt(at) != ']') {
        at += memberLength(pattern.substring(at));
      }
      return Math.min(at + 1, pattern.length());
    }

    private static int memberLength(String rest) {
      if (rest.charAt(0) == '\\' && rest.length() > 1) {
        return 2;
      }
      return rest.length() > 2 && rest.charAt(1) == '-' ? 3 : 1;
    }

    private static boolean takes(String element, char c) {
      char first = element.charAt(0);
      if (first == '?') {
        return true;
      }
      if (first != '[') {
        return element.charAt(element.length() - 1) == c; // escaped or itself
      }
      boolean negated = element.startsWith("[^");
      boolean found = false;
      String rest = element.substring(negated ? 2 : 1);
      while (!rest.isEmpty() && rest.charAt(0) != ']') {
        int length = memberLength(rest);
        char low = rest.charAt(length == 2 ? 1 : 0);
        char high = length == 3 ? rest.charAt(2) : low;
        found |= Math.min(low, high) <= c && c <= Math.max(low, high);
        rest = rest.substring(length);
      }
      return found != negated;
    }
  }
}
