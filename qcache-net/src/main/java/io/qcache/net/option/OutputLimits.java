package io.qcache.net.option;

/**
 * How much output may wait for a connection of each class, in bytes: more than {@code hard} never, more than {@code soft}
 * for so many seconds; 0 for no limit.  Immutable.
 */
public final class OutputLimits {
  private static final OutputClass[] CLASSES = OutputClass.values();
  private static final int WORDS = 4; // class, hard, soft, seconds

  static final OutputLimits NONE = new OutputLimits(
      new long[CLASSES.length], new long[CLASSES.length], new long[CLASSES.length]);

  private final long[] hard;
  private final long[] soft;
  private final long[] softSeconds;

  private OutputLimits(long[] hard, long[] soft, long[] softSeconds) {
    this.hard = hard;
    this.soft = soft;
    this.softSeconds = softSeconds;
  }

  public long hardBytes(OutputClass of) {
    return hard[of.ordinal()];
  }

  public long softBytes(OutputClass of) {
    return soft[of.ordinal()];
  }

  public long softSeconds(OutputClass of) {
    return softSeconds[of.ordinal()];
  }

  /** The same but for the classes that the words name, four words each. */
  OutputLimits with(String[] words) throws OptionException {
    if (words.length % WORDS != 0) {
      throw new OptionException("Wrong number of arguments in buffer limit configuration.");
    }
    OutputLimits next = new OutputLimits(hard.clone(), soft.clone(), softSeconds.clone());
    for (int i = 0; i < words.length; i += WORDS) {
      int of = OutputClass.named(words[i]).ordinal();
      next.hard[of] = number(words[i + 1], true);
      next.soft[of] = number(words[i + 2], true);
      next.softSeconds[of] = number(words[i + 3], false);
    }
    return next;
  }

  private static long number(String word, boolean bytes) throws OptionException {
    try {
      long number = bytes ? Value.bytes(word) : Value.number(word);
      if (number >= 0 && !word.isEmpty()) {
        return number;
      }
    } catch (OptionException noNumber) {
      // said below in Redis's words
    }
    throw new OptionException("Error in hard, soft or soft_seconds setting in buffer limit configuration.");
  }

  /** As CONFIG GET shows it. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (OutputClass each : CLASSES) {
      int i = each.ordinal();
      text.append(i == 0 ? "" : " ").append(each.title).append(' ').append(hard[i]).append(' ').append(soft[i])
          .append(' ').append(softSeconds[i]);
    }
    return text.toString();
  }
}
