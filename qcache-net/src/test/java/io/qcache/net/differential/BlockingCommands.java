package io.qcache.net.differential;

/**
 * Commands that may wait.  Most come right behind one that leaves nothing to wait for: a list or sorted set under a key that
 * they name, or a value of another type.  The few that do wait, for a hundredth of a second, cost Redis up to a tenth.
 */
final class BlockingCommands implements CommandGroup {
  private static final Command LIST = Command.of("RPUSH", "list", "x");
  private static final Command SORTED_SET = Command.of("ZADD", "zset", "1", "x");

  @Override public void declare(CommandTable table) {
    for (String name : new String[] {"BLPOP", "BRPOP"}) {
      table.row(3, LIST, name, Allowance.NONE, line -> timeout(keysWith("list", line)));
    }
    table.row(3, LIST, "BLMOVE", Allowance.NONE, line -> timeout(end(end(line.text("list").key()))));
    table.row(3, LIST, "BRPOPLPUSH", Allowance.NONE, line -> timeout(line.text("list").key()));
    table.row(3, LIST, "BLMPOP", Allowance.NONE, line -> popOptions(end(countedKeysWith("list", timeout(line)))));
    for (String name : new String[] {"BZPOPMIN", "BZPOPMAX"}) {
      table.row(3, SORTED_SET, name, Allowance.NONE, line -> timeout(keysWith("zset", line)));
    }
    table.row(3, SORTED_SET, "BZMPOP", Allowance.NONE, line -> popOptions(
        countedKeysWith("zset", timeout(line)).words(line.dice.percent(96) ? line.dice.oneOf("MIN", "MAX") : "LEFT")));
    table.row(1, "BLPOP", line -> timeout(line.keys()));
    table.row(1, "BLMOVE", line -> timeout(end(end(line.key().key()))));
    table.row(1, "BZMPOP", line -> timeout(line).countedKeys().words("MIN"));
  }

  /** Never 0, by which a connection might wait for ever. */
  private static Line timeout(Line line) {
    return line.dice.percent(95) ? line.oneOf("0.01", "0.001", "1e-2") : line.oneOf("-1", "", "x", "nan", "1e300", "-0.01");
  }

  private static Line keysWith(String key, Line line) {
    return some(some(line).text(key));
  }

  private static Line some(Line line) {
    for (int left = line.dice.few(2); left > 0; left--) {
      line.key();
    }
    return line;
  }

  private static Line countedKeysWith(String key, Line line) {
    int before = line.dice.few(2);
    line.text(Integer.toString(before + 1));
    for (int i = 0; i < before; i++) {
      line.key();
    }
    return line.text(key);
  }

  private static Line end(Line line) {
    return line.words(line.dice.percent(96) ? line.dice.oneOf("LEFT", "RIGHT") : "UP");
  }

  private static void popOptions(Line line) {
    if (line.dice.percent(40)) {
      line.words(line.dice.percent(95) ? "COUNT" : "MIN").size();
    }
  }
}
