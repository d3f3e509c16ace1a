package io.qcache.net.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a command as they are drawn.  Keys come from a pool small enough for commands to meet on them.
 * Deadlines lie far from the run's own time, so that nothing expires by itself, and apart from each other, so that GT
 * and LT do not turn on the milliseconds between two servers.
 */
final class Line {
  private static final String[] KEYS = {"a", "b", "c", "key:1", "key:2", "num", "float", "long"};
  private static final String[] ODD_KEYS = {
      "", "*", "hello", "h\0llo", "\u00ff\u00fe\r\n", "{a}b", "a b", "[ab]", "A", "NX", "key:1:2", "\\*",
      "x".repeat(300)};
  private static final String[] DATABASES = {"0", "0", "0", "1", "1", "2", "15"};
  private static final long GIVEN_SECONDS = 4_102_444_800L; // the year 2100: see Allowance.MILLIS

  final Dice dice;
  private final List<byte[]> arguments = new ArrayList<>();

  Line(Dice dice) {
    this.dice = dice;
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
    return text(dice.percent(88) ? dice.oneOf(KEYS) : dice.oneOf(ODD_KEYS));
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
