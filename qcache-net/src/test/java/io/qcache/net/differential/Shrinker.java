package io.qcache.net.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes a short conversation of a long one that ends in a difference: the shortest tail of it that still does so on
 * empty servers, then without whatever can be left out.  Gives up after a few seconds with what it has by then.
 */
final class Shrinker {
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Duel duel;
  private final Difference wanted;
  private final long end = System.nanoTime() + MOST_NANOS;

  Shrinker(Duel duel, Difference wanted) {
    this.duel = duel;
    this.wanted = wanted;
  }

  /** Empty if the difference does not come again. */
  List<Step> shrink(List<Step> history) {
    List<Step> tail = tail(history);
    if (tail.isEmpty()) {
      return tail;
    }
    List<Step> singles = tail.stream().flatMap(step -> step.single().stream()).toList();
    return without(differs(singles) ? singles : tail);
  }

  private List<Step> tail(List<Step> history) {
    for (int length = 1; isInTime(); length *= 3) {
      List<Step> tail = history.subList(Math.max(0, history.size() - length), history.size());
      if (differs(tail)) {
        return tail;
      }
      if (length >= history.size()) {
        break;
      }
    }
    return List.of();
  }

  private List<Step> without(List<Step> steps) {
    List<Step> kept = new ArrayList<>(steps);
    for (int chunk = Math.max(1, kept.size() / 2); chunk >= 1; chunk /= 2) {
      for (int at = 0; at < kept.size() && isInTime(); ) {
        List<Step> fewer = new ArrayList<>(kept);
        fewer.subList(at, Math.min(at + chunk, kept.size())).clear();
        if (!fewer.isEmpty() && differs(fewer)) {
          kept = fewer;
        } else {
          at += chunk;
        }
      }
    }
    return kept;
  }

  private boolean differs(List<Step> steps) {
    duel.restart();
    for (Step step : steps) {
      Difference difference = duel.run(step);
      if (difference != null) {
        return isWanted(difference);
      }
    }
    Difference difference = wanted.name().startsWith("(") ? duel.compareStates(new Dice(0)) : null;
    return difference != null && isWanted(difference);
  }

  private boolean isWanted(Difference difference) {
    return difference.kind().equals(wanted.kind())
        || difference.name().equals(EventComparison.NAME) && wanted.name().equals(EventComparison.NAME);
  }

  private boolean isInTime() {
    return System.nanoTime() < end;
  }
}
