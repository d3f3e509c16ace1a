package io.qcache.net.differential;

import java.util.Random;

/** All chance of a run, from one seed.  Not thread-safe. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    random = new Random(seed);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code first} to {@code last}, both included. */
  long between(long first, long last) {
    return first + Math.floorMod(random.nextLong(), last - first + 1);
  }

  /** 0 most often, then 1, then 2 …, never above {@code most}. */
  int few(int most) {
    int count = 0;
    while (count < most && random.nextInt(3) == 0) {
      count++;
    }
    return count;
  }

  String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  long anyLong() {
    return random.nextLong();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The word in capitals, small letters, or now and then mixed. */
  String anyCase(String word) {
    int style = random.nextInt(10);
    if (style < 6) {
      return word;
    }
    if (style < 9) {
      return word.toLowerCase(java.util.Locale.ROOT);
    }
    StringBuilder mixed = new StringBuilder();
    for (char c : word.toCharArray()) {
      mixed.append(random.nextBoolean() ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return mixed.toString();
  }
}
