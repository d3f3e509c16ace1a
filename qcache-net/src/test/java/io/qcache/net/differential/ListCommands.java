package io.qcache.net.differential;

/** All commands of lists that do not block. */
final class ListCommands implements CommandGroup {
  @Override public String[] keys() {
    return Line.LIST_KEYS;
  }

  @Override public void declare(CommandTable table) {
    table.row(10, "LPUSH", line -> line.key().elements());
    table.row(12, "RPUSH", line -> line.key().elements());
    table.row(3, "LPUSHX", line -> line.key().elements());
    table.row(3, "RPUSHX", line -> line.key().elements());
    table.row(6, "LPOP", ListCommands::pop);
    table.row(6, "RPOP", ListCommands::pop);
    table.row(4, "LLEN", Line::key);
    table.row(6, "LINDEX", line -> line.key().index());
    table.row(12, "LRANGE", line -> line.key().index().index());
    table.row(6, "LSET", line -> line.key().index().element());
    table.row(6, "LINSERT", line -> where(line.key()).element().element());
    table.row(6, "LREM", line -> line.key().count().element());
    table.row(4, "LTRIM", line -> line.key().index().index());
    table.row(12, "LPOS", line -> posOptions(line.key().element()));
    table.row(4, "RPOPLPUSH", line -> line.key().key());
    table.row(6, "LMOVE", line -> end(end(line.key().key())));
    table.row(6, "LMPOP", line -> popOptions(end(line.countedKeys())));
  }

  private static void pop(Line line) {
    line.key();
    if (line.dice.percent(40)) {
      line.size();
    }
  }

  private static Line where(Line line) {
    return line.dice.percent(95) ? line.words(line.dice.oneOf("BEFORE", "AFTER")) : line.oneOf("", "BETWEEN", "LEFT");
  }

  private static Line end(Line line) {
    return line.dice.percent(96) ? line.words(line.dice.oneOf("LEFT", "RIGHT")) : line.oneOf("", "UP", "BEFORE");
  }

  private static void posOptions(Line line) {
    for (int left = line.dice.few(4); left > 0; left--) {
      switch (line.dice.below(7)) {
        case 0, 1 -> line.words("RANK").count();
        case 2, 3 -> line.words("COUNT").size();
        case 4, 5 -> line.words("MAXLEN").size();
        default -> line.oneOf("RANK", "COUNT", "MAXLEN", "LEN", "");
      }
    }
  }

  private static void popOptions(Line line) {
    for (int left = line.dice.few(2); left > 0; left--) {
      if (line.dice.percent(90)) {
        line.words("COUNT").size();
      } else {
        line.oneOf("COUNT", "LEFT", "");
      }
    }
  }
}
