package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CommonSubsequenceTest {
  /** By the whole table, as the textbook and Redis have it. */
  private static List<String> byTable(byte[] a, byte[] b) {
    int[][] table = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : Math.max(table[i - 1][j], table[i][j - 1]);
      }
    }
    List<String> pairs = new ArrayList<>(List.of("length " + table[a.length][b.length]));
    for (int i = a.length, j = b.length; i > 0 && j > 0; ) {
      if (a[i - 1] == b[j - 1]) {
        pairs.add(--i + " " + --j);
      } else if (table[i - 1][j] > table[i][j - 1]) {
        i--;
      } else {
        j--;
      }
    }
    return pairs;
  }

  private static List<String> byBits(byte[] a, byte[] b) {
    CommonSubsequence found = new CommonSubsequence(a, b, true);
    List<String> pairs = new ArrayList<>(List.of("length " + found.length()));
    found.forEachRange((firstFrom, firstTo, secondFrom, secondTo) -> {
      for (int i = firstTo; i >= firstFrom; i--) {
        pairs.add(i + " " + (secondFrom + i - firstFrom));
      }
    });
    return pairs;
  }

  @Test void random_stringsOfFewLetters_haveTheSubsequenceOfTheTable() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] a = letters(random, i % 3 == 0 ? 300 : 20);
      byte[] b = letters(random, i % 5 == 0 ? 300 : 20);
      assertThat(byBits(a, b)).as("seed %d, %s and %s", seed, new String(a), new String(b)).isEqualTo(byTable(a, b));
      assertThat(new CommonSubsequence(a, b, false).length()).isEqualTo(new CommonSubsequence(a, b, true).length());
    }
  }

  private static byte[] letters(Random random, int most) {
    byte[] letters = new byte[random.nextInt(most)];
    int kinds = 1 + random.nextInt(4);
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) ('a' + random.nextInt(kinds));
    }
    return letters;
  }

  @Test void bytes_areThoseOfTheRanges() {
    CommonSubsequence found = new CommonSubsequence("ohmytext".getBytes(StandardCharsets.US_ASCII),
        "mynewtext".getBytes(StandardCharsets.US_ASCII), true);
    assertThat(new String(found.bytes(), StandardCharsets.US_ASCII)).isEqualTo("mytext");
  }
}
