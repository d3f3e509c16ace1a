package io.qcache.collection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;

/** Texts for tests that are integers, from all widths and near every border, and some that only look like one. */
public final class Integers {
  private static final String[] NEARLY = {"", "-", "-0", "+1", "00", "007", "-01", " 1", "1 ", "1.0", "1e3", "0x1", "9223372036854775808",
      "-9223372036854775809", "18446744073709551615", "12345678901234567890", "99999999999999999999", "-12345678901234567890", "1\0"};

  private Integers() {}

  /** One of them. */
  public static String text(Random random) {
    return random.nextInt(5) == 0 ? NEARLY[random.nextInt(NEARLY.length)] : Long.toString(random(random));
  }

  static byte[] like(Random random) {
    return text(random).getBytes(ISO_8859_1);
  }

  private static long random(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(140) - 5;
      case 1 -> (1L << random.nextInt(Long.SIZE)) + random.nextInt(3) - 1; // 2^63 is the smallest, and before it the largest
      case 2 -> -(1L << random.nextInt(Long.SIZE)) + random.nextInt(3) - 1;
      default -> random.nextLong() >> random.nextInt(Long.SIZE);
    };
  }
}
