package io.qcache.net.option;

import io.qcache.engine.EventClasses;
import java.io.File;
import java.util.Locale;

/**
 * A value that was read from text and found right: the text as CONFIG GET shows it, and the number it stands for, if
 * any. The text's chars are bytes (ISO 8859-1), as everywhere in this package.  Immutable.
 */
final class Value {
  final String text;
  final long number;
  final OutputLimits limits; // null for any other kind

  private Value(String text, long number) {
    this(text, number, null);
  }

  private Value(String text, long number, OutputLimits limits) {
    this.text = text;
    this.number = number;
    this.limits = limits;
  }

  private static Value of(String text) {
    return new Value(text, 0);
  }

  private static Value of(long number) {
    return new Value(Long.toString(number), number);
  }

  /** Reads a value of the option; words in the plural where it was given as several. */
  static Value parse(Option option, String... words) throws OptionException {
    return parse(option, null, words);
  }

  /** The same where the value so far may matter; null for none. */
  static Value parse(Option option, Value before, String... words) throws OptionException {
    if (option.kind == Kind.ADDRESSES) {
      return addresses(words);
    }
    if (option.kind == Kind.OUTPUT_LIMITS) {
      return outputLimits(before, words);
    }
    if (option.kind == Kind.SAVE_POINTS) {
      return savePoints(before, words);
    }
    if (words.length != 1) {
      throw new OptionException("wrong number of arguments");
    }
    String text = words[0];
    return switch (option.kind) {
      case NUMBER -> of(inRange(option, number(text)));
      case OCTAL -> octal(option, text);
      case BYTES -> of(inRange(option, bytes(text)));
      case BYTES_OR_PERCENT -> bytesOrPercent(option, text);
      case SWITCH -> yesOrNo(text);
      case CHOICE -> choice(option, text);
      case EVENT_CLASSES -> eventClasses(text);
      case DIRECTORY -> directory(text);
      case FILE_NAME -> fileName(text);
      default -> of(text);
    };
  }

  private static Value savePoints(Value before, String[] words) throws OptionException {
    StringBuilder all = new StringBuilder(before == null ? "" : before.text);
    int given = 0;
    for (String word : words) {
      for (String number : word.trim().split(" +")) { // a class that the program without such an option never comes to
        if (!number.isEmpty()) {
          requirePoint(number, given++ % 2 == 0);
          all.append(all.length() == 0 ? "" : " ").append(number);
        }
      }
    }
    if (given % 2 != 0) {
      throw new OptionException("Invalid save parameters");
    }
    return of(given == 0 ? "" : all.toString());
  }

  private static void requirePoint(String number, boolean isSeconds) throws OptionException {
    try {
      long value = number(number);
      if (value >= (isSeconds ? 1 : 0) && value <= Integer.MAX_VALUE) {
        return;
      }
    } catch (OptionException none) {
      // as those out of range
    }
    throw new OptionException("Invalid save parameters");
  }

  /** What a save option says, seconds and changes in turn. */
  long[] points() {
    String[] numbers = text.isEmpty() ? new String[0] : text.split(" ");
    long[] points = new long[numbers.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = Long.parseLong(numbers[i]);
    }
    return points;
  }

  private static Value fileName(String text) throws OptionException {
    if (text.isEmpty() || text.indexOf('/') >= 0 || text.indexOf(File.separatorChar) >= 0) {
      throw new OptionException("dbfilename can't be a path, just a filename");
    }
    return of(text);
  }

  static long inRange(Option option, long number) throws OptionException {
    if (number < option.least || number > option.most) {
      throw new OptionException("argument must be between " + option.least + " and " + option.most + " inclusive");
    }
    return number;
  }

  /** Digits in their shortest form, a minus before them or none. */
  static long number(String text) throws OptionException {
    int first = text.startsWith("-") ? 1 : 0;
    boolean canonical = text.length() > first && text.length() <= 20
        && (text.charAt(first) != '0' || text.equals("0"));
    for (int i = first; i < text.length(); i++) {
      canonical &= isDigit(text.charAt(i));
    }
    if (canonical) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException beyondLong) {
        // as the texts that are no number
      }
    }
    throw new OptionException("argument couldn't be parsed into an integer");
  }

  private static Value octal(Option option, String text) throws OptionException {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '7') {
        throw new OptionException("argument couldn't be parsed as an octal number");
      }
      number = Math.min(number * 8 + text.charAt(i) - '0', Integer.MAX_VALUE);
    }
    if (number > option.most) {
      throw new OptionException("argument must be between " + Long.toOctalString(option.least) + " and "
          + Long.toOctalString(option.most) + " inclusive");
    }
    return new Value(Long.toOctalString(number), number);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Without digits it is 0, and with too many the greatest long, so that the range refuses it: Redis's way. */
  static long bytes(String text) throws OptionException {
    int end = 0;
    long number = 0;
    while (end < text.length() && isDigit(text.charAt(end))) {
      int digit = text.charAt(end++) - '0';
      number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
    }
    long unit = unit(text.substring(end));
    return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
  }

  private static Value bytesOrPercent(Option option, String text) throws OptionException {
    try {
      if (!text.endsWith("%")) {
        return of(inRange(option, bytes(text)));
      }
      long percent = number(text.substring(0, text.length() - 1));
      if (percent > 100) {
        throw new OptionException("percentage argument must be less or equal to 100");
      }
      if (percent >= 0) {
        return new Value(percent + "%", -percent);
      }
    } catch (OptionException wrong) {
      if (wrong.getMessage().startsWith("percentage")) {
        throw wrong;
      }
    }
    throw new OptionException("argument must be a memory or percent value");
  }

  private static long unit(String name) throws OptionException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "b" -> 1;
      case "k" -> 1_000;
      case "kb" -> 1L << 10;
      case "m" -> 1_000_000;
      case "mb" -> 1L << 20;
      case "g" -> 1_000_000_000;
      case "gb" -> 1L << 30;
      default -> throw new OptionException("argument must be a memory value");
    };
  }

  private static Value yesOrNo(String text) throws OptionException {
    if (text.equalsIgnoreCase("yes")) {
      return new Value("yes", 1);
    }
    if (text.equalsIgnoreCase("no")) {
      return new Value("no", 0);
    }
    throw new OptionException("argument must be 'yes' or 'no'");
  }

  private static Value choice(Option option, String text) throws OptionException {
    for (int i = 0; i < option.choices.length; i++) {
      if (option.choices[i].equalsIgnoreCase(text)) {
        return new Value(option.choices[i], i);
      }
    }
    throw new OptionException("argument(s) must be one of the following: " + String.join(", ", option.choices));
  }

  private static Value eventClasses(String text) throws OptionException {
    EventClasses classes = EventClasses.parse(text);
    if (classes == null) {
      throw new OptionException("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
    }
    return new Value(classes.text(), classes.bits());
  }

  private static Value directory(String text) throws OptionException {
    File directory = new File(Texts.ofBytes(text)).getAbsoluteFile();
    if (!directory.isDirectory()) {
      throw new OptionException(directory.exists() ? "not a directory" : "no such directory");
    }
    return of(Texts.toBytes(directory.getPath()));
  }

  private static Value outputLimits(Value before, String[] words) throws OptionException {
    OutputLimits limits = before == null ? OutputLimits.NONE : before.limits;
    OutputLimits next = limits.with(split(joined(words)));
    return new Value(next.text(), 0, next);
  }

  private static String[] split(String text) {
    return text.isEmpty() ? new String[0] : text.split(" ");
  }

  private static Value addresses(String[] words) throws OptionException {
    String text = joined(words);
    if (text.isEmpty()) {
      throw new OptionException("at least one address must be given");
    }
    return of(text);
  }

  /** Words, each of which may hold several with blanks between them; with one blank between all. */
  private static String joined(String[] words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      appendWords(text, word);
    }
    return text.toString();
  }

  private static void appendWords(StringBuilder to, String words) {
    int length = words.length();
    for (int i = 0; i < length; i++) {
      char c = words.charAt(i);
      boolean starts = c != ' ' && (i == 0 || words.charAt(i - 1) == ' ');
      if (starts && to.length() > 0) {
        to.append(' ');
      }
      if (c != ' ') {
        to.append(c);
      }
    }
  }
}
