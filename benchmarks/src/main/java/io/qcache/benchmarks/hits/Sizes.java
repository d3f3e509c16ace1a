package io.qcache.benchmarks.hits;

import java.util.ArrayList;
import java.util.List;

/** The sizes that were asked for: entries, or percent of a trace's distinct keys.  Immutable. */
final class Sizes {
  /** A number of entries and how the user put it. */
  record Size(int entries, String label) {}

  private final List<String> wanted;
  private final int least;

  /**
   * @param list sizes with commas between them: {@code 1000} entries, {@code 2.5%}
   * @param least sizes of fewer entries are left out
   * @throws BadInput if one is neither, or not above 0
   */
  Sizes(String list, int least) {
    wanted = List.of(list.split(",", -1));
    this.least = least;
    wanted.forEach(size -> entries(size, 1));
  }

  /** The sizes for a trace of so many distinct keys: perhaps none, since the least applies. */
  List<Size> of(int distinct) {
    List<Size> sizes = new ArrayList<>();
    for (String size : wanted) {
      int entries = entries(size, distinct);
      if (entries >= least) {
        sizes.add(new Size(entries, size));
      }
    }
    return sizes;
  }

  private static int entries(String size, int distinct) {
    try {
      if (size.endsWith("%")) {
        double percent = Double.parseDouble(size.substring(0, size.length() - 1));
        if (percent > 0 && percent <= 100) {
          return (int) Math.max(1, Math.round(distinct * percent / 100));
        }
      } else if (Integer.parseInt(size) > 0) {
        return Integer.parseInt(size);
      }
    } catch (NumberFormatException notANumber) {
      // refused below, like one out of range
    }
    throw new BadInput("not a size: '" + size + "': entries from 1 on, or percent of the distinct keys up to 100");
  }
}
