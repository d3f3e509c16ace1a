package io.qcache.net.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversation of a run, from its dice alone: commands one by one, pipelines, transactions, watches with other
 * connections between, keys that expire at once, muted replies, connections that end and begin again.
 */
final class Script {
  private static final int LONGEST_PIPELINE = 30;
  private static final int LONGEST_TRANSACTION = 8;
  private static final int SETTLE_MILLIS = 4;

  private final CommandTable table;
  private final Dice dice;
  private final ArrayDeque<Step> next = new ArrayDeque<>();

  Script(CommandTable table, Dice dice) {
    this.table = table;
    this.dice = dice;
    for (int lane = 0; lane < Duel.LANES; lane++) {
      next.add(greeting(lane));
    }
  }

  Step next() {
    if (next.isEmpty()) {
      plan(dice.below(Duel.LANES));
    }
    return next.poll();
  }

  private void plan(int lane) {
    int kind = dice.below(1000);
    if (kind < 550) {
      next.add(Step.oneByOne(lane, table.draw(dice)));
    } else if (kind < 780) {
      next.add(Step.pipeline(lane, draw(2 + dice.below(LONGEST_PIPELINE - 1))));
    } else if (kind < 900) {
      next.add(transaction(lane));
    } else if (kind < 970) {
      watched(lane);
    } else if (kind < 985) {
      expiring(lane);
    } else if (kind < 992) {
      muted(lane);
    } else {
      last(lane);
    }
  }

  private List<Command> draw(int count) {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commands.addAll(table.draw(dice));
    }
    return commands;
  }

  private Step transaction(int lane) {
    List<Command> commands = draw(dice.below(LONGEST_TRANSACTION + 1));
    commands.add(0, Command.of("MULTI"));
    if (dice.percent(5)) {
      commands.add(1 + dice.below(commands.size()), Command.of("MULTI"));
    }
    commands.add(Command.of(dice.percent(88) ? "EXEC" : "DISCARD"));
    return dice.percent(50) ? Step.pipeline(lane, commands) : Step.oneByOne(lane, commands);
  }

  /** Whether the others' commands touch the keys is a matter of luck, and of the small number of keys. */
  private void watched(int lane) {
    Command watch = new Command(new Line(dice, Line.KEYS).words("WATCH").keys().arguments(), Allowance.NONE, false, false);
    next.add(Step.oneByOne(lane, List.of(watch)));
    for (int left = dice.few(4); left > 0; left--) {
      next.add(Step.oneByOne(dice.below(Duel.LANES), table.draw(dice)));
    }
    next.add(transaction(lane));
  }

  /** The key is gone when it is looked at, by the clock and not by the upkeep that may or may not have run. */
  private void expiring(int lane) {
    int millis = 1 + dice.below(4);
    String key = dice.oneOf("a", "b", "num", "list", "hash", "set", "zset");
    String left = Integer.toString(millis);
    Command expire = switch (dice.below(6)) {
      case 0 -> Command.of("SET", key, "short-lived", "PX", left);
      case 1 -> Command.of("PSETEX", key, left, "short-lived");
      case 2 -> Command.of("PEXPIRE", key, left);
      case 3 -> Command.of("SET", key, "past", "PXAT", dice.oneOf("1", "1000", "1000000000000"));
      case 4 -> Command.of("SET", key, "past", "EXAT", dice.oneOf("1", "1000000000"), "GET");
      default -> Command.of("GETEX", key, "PX", left);
    };
    next.add(Step.oneByOne(lane, List.of(Command.of("DISCARD"), expire)).settling(millis + SETTLE_MILLIS));
    next.add(Step.oneByOne(lane,
        List.of(Command.of(look(), key), Command.of("EXISTS", key), Command.of("DBSIZE").allowing(Allowance.SOON))));
  }

  private String look() {
    String look;
    do {
      look = dice.oneOf("GET", "STRLEN", "EXISTS", "TTL", "PERSIST", "DEL", "INCR", "GETDEL", "TYPE", "TOUCH", "LLEN",
          "LPOP", "HLEN", "SCARD", "ZCARD");
    } while (!table.has(look));
    return look;
  }

  private void muted(int lane) {
    Command unheard = Command.of("SET", dice.oneOf("a", "b", "c"), "unheard").silently();
    List<Command> commands = new ArrayList<>(List.of(Command.of("DISCARD")));
    if (dice.percent(50)) {
      commands.addAll(List.of(Command.of("CLIENT", "REPLY", "SKIP").silently(), unheard));
    } else {
      commands.add(Command.of("CLIENT", "REPLY", "OFF").silently());
      commands.add(unheard);
      commands.add(Command.of("NOSUCH").silently());
      commands.add(Command.of("CLIENT", "REPLY", "ON"));
    }
    commands.add(Command.of("PING", "heard"));
    next.add(Step.pipeline(lane, commands));
  }

  private void last(int lane) {
    List<Command> commands = draw(dice.below(4));
    commands.add(Command.of("QUIT"));
    next.add(Step.pipeline(lane, commands));
    next.add(greeting(lane));
  }

  private Step greeting(int lane) {
    List<byte[]> words = new Line(dice, Line.KEYS).words("HELLO").oneOf("2", "3", "3").arguments();
    return Step.oneByOne(lane, List.of(new Command(words, Allowance.GREETING, false, false)));
  }
}
