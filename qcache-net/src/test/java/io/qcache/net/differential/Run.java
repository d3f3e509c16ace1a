package io.qcache.net.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole run: tells both servers the script, and after a difference goes on with empty servers until enough kinds of
 * differences are known or all commands are sent.
 */
final class Run {
  private static final int STATE_EVERY = 1000;
  private static final int SHOWN = 20;

  private final Settings settings;
  private final Duel duel;
  private final Script script;
  private final Dice stateDice;
  private final List<Step> history = new ArrayList<>();
  private final Map<String, String> reports = new LinkedHashMap<>();
  private final Map<String, Integer> times = new LinkedHashMap<>();
  private long sent;
  private long compared;

  Run(Settings settings, Duel duel, CommandTable table) {
    this.settings = settings;
    this.duel = duel;
    script = new Script(table, new Dice(settings.seed()));
    stateDice = new Dice(settings.seed() + 1);
  }

  /** What was different, with how to see it again; empty if nothing was. */
  String play() {
    while (sent < settings.commands() && reports.size() < settings.differences()) {
      Step step = script.next();
      history.add(step);
      Difference difference = duel.run(step);
      sent += step.commands().size();
      boolean isSettled = step.settleMillis() == 0; // else a key may be counted by DBSIZE that has just expired
      if (difference == null && isSettled && sent - compared >= STATE_EVERY) {
        compared = sent;
        difference = duel.compareStates(stateDice);
      }
      if (difference != null) {
        found(difference);
      }
    }
    return reports.isEmpty() ? "" : summary();
  }

  private void found(Difference difference) {
    if (times.merge(difference.kind(), 1, Integer::sum) == 1) {
      reports.put(difference.kind(), report(difference));
    }
    history.clear();
    duel.restart();
  }

  private String report(Difference difference) {
    StringBuilder text = new StringBuilder("difference after " + sent + " commands, seed " + settings.seed() + "\n");
    text.append(difference);
    List<Step> shortest = new Shrinker(duel, difference).shrink(history);
    if (shortest.isEmpty()) {
      text.append(" it does not come again by itself; the last commands (lane> command) were\n");
      history.subList(Math.max(0, history.size() - SHOWN), history.size()).forEach(text::append);
    } else {
      text.append(" the same by a short conversation with empty servers (lane> command):\n");
      shortest.forEach(text::append);
    }
    return text.toString();
  }

  private String summary() {
    StringBuilder text = new StringBuilder();
    reports.forEach((kind, report) ->
        text.append("\n").append(times.get(kind)).append(" x ").append(report));
    return text.toString();
  }
}
