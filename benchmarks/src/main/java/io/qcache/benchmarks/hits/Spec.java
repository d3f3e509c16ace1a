package io.qcache.benchmarks.hits;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A name with options, as the command line gives it: {@code zipf:keys=1000,skew=0.9}.
 * Each option is taken once with its default and its range; {@link #done} refuses what nobody took.
 * For one thread.
 */
final class Spec {
  private final String text;
  private final String name;
  private final Map<String, String> left = new LinkedHashMap<>();

  /** @throws BadInput if an option is not of the form name=value, or comes twice */
  Spec(String text) {
    this.text = text;
    int colon = text.indexOf(':');
    name = colon < 0 ? text : text.substring(0, colon);
    if (colon < 0) {
      return;
    }
    for (String option : text.substring(colon + 1).split(",", -1)) {
      int equals = option.indexOf('=');
      if (equals < 1 || left.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
        throw new BadInput(text + ": not an option, or one that was given before: '" + option + "'");
      }
    }
  }

  String name() {
    return name;
  }

  /** The number of that option, from {@code least} to {@code most}. */
  int whole(String option, int otherwise, int least, int most) {
    String value = left.remove(option);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, like one out of range
    }
    throw new BadInput(text + ": " + option + " must be a whole number from " + least + " to " + most
        + ": was '" + value + "'");
  }

  /** The number of that option, from {@code least} to {@code most}. */
  double real(String option, double otherwise, double least, double most) {
    String value = left.remove(option);
    if (value == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, like one out of range
    }
    throw new BadInput(text + ": " + option + " must be a number from " + least + " to " + most
        + ": was '" + value + "'");
  }

  /** @throws BadInput if there are options that nobody took */
  void done() {
    if (!left.isEmpty()) {
      throw new BadInput(text + ": " + name + " has no option '" + left.keySet().iterator().next() + "'");
    }
  }

  @Override public String toString() {
    return text;
  }
}
