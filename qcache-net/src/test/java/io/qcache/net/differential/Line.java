package io.qcache.net.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The arguments of a command as they are drawn.  Keys come from a pool small enough for commands to meet on them.
 * Deadlines lie far from the run's own time, so that nothing expires by itself, and apart from each other, so that GT
 * and LT do not turn on the milliseconds between two servers.
 */
final class Line {
  static final String[] STRING_KEYS = {"a", "b", "c", "key:1", "key:2", "num", "float", "long"};
  static final String[] LIST_KEYS = {"list", "list:1", "list:2", "list:3"};
  static final String[] HASH_KEYS = {"hash", "hash:1", "hash:2", "hash:3"};
  static final String[] SET_KEYS = {"set", "set:1", "set:2", "ints", "ints:1"};
  static final String[] SORTED_SET_KEYS = {"zset", "zset:1", "zset:2", "zset:3"};
  static final String[] KEYS = Stream.of(STRING_KEYS, LIST_KEYS, HASH_KEYS, SET_KEYS, SORTED_SET_KEYS)
      .flatMap(Stream::of).toArray(String[]::new);
  private static final String[] ODD_KEYS = {
      "", "*", "hello", "h\0llo", "\u00ff\u00fe\r\n", "{a}b", "a b", "[ab]", "A", "NX", "key:1:2", "\\*",
      "x".repeat(300)};
  private static final String[] DATABASES = {"0", "0", "0", "1", "1", "2", "15"};
  private static final String[] ELEMENTS = {
      "a", "b", "c", "d", "e", "f", "aa", "ab", "B", "hello", "world", "", "0", "1", "2", "3", "4", "5", "-1", "10",
      "100", "32767", "32768", "-32769", "2147483648", "9223372036854775807", "9223372036854775808", "01", "1.5", "f\0",
      "\u00e9", "y".repeat(64), "z".repeat(65)};
  private static final long GIVEN_SECONDS = 4_102_444_800L; // the year 2100: see Allowance.MILLIS

  final Dice dice;
  private final String[] keys;
  private final List<byte[]> arguments = new ArrayList<>();

  /** {@code keys} are those that {@link #key} gives most often. */
  Line(Dice dice, String[] keys) {
    this.dice = dice;
    this.keys = keys;
  }

  List<byte[]> arguments() {
    return arguments;
  }

  Line bytes(byte[] argument) {
    arguments.add(argument);
    return this;
  }

  /** Every char a byte. */
  Line text(String latin1) {
    return bytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Words of a command or options, in any case. */
  Line words(String... words) {
    for (String word : words) {
      text(dice.anyCase(word));
    }
    return this;
  }

  Line oneOf(String... choices) {
    return text(dice.oneOf(choices));
  }

  Line key() {
    return dice.percent(88) ? oneOf(keys) : dice.percent(60) ? oneOf(KEYS) : oneOf(ODD_KEYS);
  }

  Line keys() {
    for (int left = 1 + dice.few(5); left > 0; left--) {
      key();
    }
    return this;
  }

  Line value() {
    return switch (dice.below(12)) {
      case 0, 1 -> text(Long.toString(dice.between(-1000, 1000)));
      case 2 -> oneOf(Odd.INTEGERS);
      case 3 -> oneOf(Odd.DECIMALS);
      case 4 -> decimal();
      case 5 -> bytes(dice.bytes(dice.below(50)));
      case 6 -> bytes(dice.bytes(dice.below(dice.percent(10) ? 70_000 : 2_000)));
      case 7 -> oneOf("+OK\r\n", "$-1\r\n", "-ERR\r\n", "*1\r\n", "\r\n", "\n");
      default -> oneOf("hello", "world", "x", "a value with blanks", "Hello World");
    };
  }

  /** An element, member or field: one of a few, so that it is often there already. */
  Line element() {
    return switch (dice.below(20)) {
      case 0 -> value();
      case 1, 2, 3 -> text(Long.toString(dice.between(-20, 200)));
      case 4, 5 -> text("m:" + dice.below(300));
      default -> oneOf(ELEMENTS);
    };
  }

  /** One or a few elements, now and then so many that a small collection becomes a large one. */
  Line elements() {
    return many(3, this::element);
  }

  /** As many as {@link #elements} by what gives one or several of them. */
  Line many(int few, Runnable each) {
    for (int left = dice.percent(97) ? 1 + dice.few(few) : dice.below(700); left > 0; left--) {
      each.run();
    }
    return this;
  }

  /** How many keys follow, nearly always rightly, and those keys. */
  Line countedKeys() {
    int count = 1 + dice.few(3);
    if (dice.percent(92)) {
      text(Integer.toString(count));
    } else {
      oneOf("0", "-1", "", "a", "1.0", "7", "2147483648", "9223372036854775807", "9223372036854775808");
    }
    for (int i = 0; i < count; i++) {
      key();
    }
    return this;
  }

  /** How many of something: mostly a small number, negative ones too. */
  Line count() {
    return dice.percent(85) ? text(Long.toString(dice.between(-6, 12)))
        : oneOf("0", "100", "1000", "-300", "-1000", "", "a", "1.0", "+1", "2147483648", "9223372036854775807",
            "9223372036854775808", "-9223372036854775808", "-9223372036854775807");
  }

  /** How many to choose at random: below zero some come twice, so never far below, where Redis does not end. */
  Line sampleSize() {
    return dice.percent(90) ? text(Long.toString(dice.between(-8, 12)))
        : oneOf("0", "100", "1000", "-100", "", "a", "1.0", "+1", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808");
  }

  /** Mostly a count that is not negative. */
  Line size() {
    return dice.percent(90) ? text(Long.toString(dice.between(0, 12))) : count();
  }

  Line score() {
    return switch (dice.below(8)) {
      case 0 -> oneOf("inf", "-inf", "+inf", "Infinity", "-Infinity");
      case 1 -> decimal();
      case 2 -> text(Long.toString(dice.between(-5, 5)) + ".5");
      case 3 -> text(Long.toString(dice.between(-1000, 1000)));
      default -> text(Long.toString(dice.between(-5, 5)));
    };
  }

  Line integer() {
    return switch (dice.below(4)) {
      case 0 -> oneOf(Odd.INTEGERS);
      case 1 -> text(Long.toString(dice.anyLong()));
      default -> text(Long.toString(dice.between(-100, 100)));
    };
  }

  /** A place in a string. */
  Line index() {
    return dice.percent(80) ? text(Long.toString(dice.between(-30, 30))) : oneOf(Odd.INTEGERS);
  }

  Line decimal() {
    if (dice.percent(35)) {
      return oneOf(Odd.DECIMALS);
    }
    StringBuilder text = new StringBuilder(dice.percent(30) ? "-" : "");
    digits(text, dice.percent(80) ? 4 : 25);
    if (dice.percent(80)) {
      digits(text.append('.'), dice.percent(60) ? 5 : 25);
    }
    if (dice.percent(15)) {
      text.append('e').append(dice.between(-30, 30));
    }
    return text(text.toString());
  }

  /** Seconds or milliseconds from now, none of which pass while the run lasts. */
  Line time(boolean millis) {
    if (dice.percent(15)) {
      return oneOf(Odd.TIMES);
    }
    long seconds = dice.between(3_000, 2_000_000);
    return text(Long.toString(millis ? seconds * 1000 + dice.below(1000) : seconds));
  }

  /** A point in time: long past, or one of a few far off, so that equal ones meet. */
  Line deadline(boolean millis) {
    if (dice.percent(12)) {
      long seconds = dice.between(1, 1_000_000_000);
      return text(Long.toString(millis ? seconds * 1000 : seconds));
    }
    return futureDeadline(millis);
  }

  /** Not past: SET leaves such a key where it is, and DBSIZE depends on the upkeep's turns; {@link Script} has it. */
  Line futureDeadline(boolean millis) {
    if (dice.percent(15)) {
      return oneOf(Odd.TIMES);
    }
    long seconds = GIVEN_SECONDS + dice.below(5);
    return text(Long.toString(millis ? seconds * 1000 + dice.below(2) : seconds));
  }

  Line database() {
    return dice.percent(92) ? oneOf(DATABASES)
        : oneOf("16", "-1", "3", "99999999999", "9223372036854775808", "abc", "", "1.0", "01", " 1");
  }

  Line pattern() {
    return oneOf(Odd.PATTERNS);
  }

  private void digits(StringBuilder text, int most) {
    for (int left = 1 + dice.below(most); left > 0; left--) {
      text.append((char) ('0' + dice.below(10)));
    }
  }
}
