package io.qcache.net.differential;

/** All commands of sets.  Some of the keys hold integers most of the time. */
final class SetCommands implements CommandGroup {
  @Override public String[] keys() {
    return Line.SET_KEYS;
  }

  @Override public void declare(CommandTable table) {
    table.row(12, "SADD", line -> line.key().elements());
    table.row(8, "SADD", line -> line.oneOf("ints", "ints:1").many(3, () -> integer(line)));
    table.row(8, "SREM", line -> line.key().elements());
    table.row(6, "SISMEMBER", line -> line.key().element());
    table.row(5, "SMISMEMBER", line -> line.key().elements());
    table.row(4, "SCARD", Line::key);
    table.row(6, "SMEMBERS", Allowance.ORDER, Line::key);
    table.row(6, "SMOVE", line -> line.key().key().element());
    table.choosing(5, "SPOP", SetCommands::pop);
    table.row(2, "SPOP", Allowance.ORDER, line -> line.key().text("100000"));
    table.row(2, "SPOP", line -> line.key().oneOf("", "a", "-1", "0", "1.0", "9223372036854775808", "-9223372036854775808"));
    table.row(8, "SRANDMEMBER", Allowance.SAMPLE, SetCommands::sample);
    table.row(6, "SINTER", Allowance.ORDER, Line::keys);
    table.row(6, "SUNION", Allowance.ORDER, Line::keys);
    table.row(6, "SDIFF", Allowance.ORDER, Line::keys);
    table.row(4, "SINTERSTORE", line -> line.key().keys());
    table.row(4, "SUNIONSTORE", line -> line.key().keys());
    table.row(4, "SDIFFSTORE", line -> line.key().keys());
    table.row(6, "SINTERCARD", SetCommands::limit);
    table.row(4, "SSCAN", Allowance.SCAN_ALL, line -> line.key().text("0").words("COUNT").text("5000"));
    table.row(6, "SSCAN", Allowance.SCAN_PAGE, line -> KeyCommands.scanOptions(KeyCommands.cursor(line.key())));
  }

  private static void integer(Line line) {
    if (line.dice.percent(97)) {
      line.text(Long.toString(line.dice.between(-50, 600)));
    } else {
      line.integer();
    }
  }

  private static void pop(Line line) {
    line.key();
    if (line.dice.percent(50)) {
      line.text(Integer.toString(line.dice.below(10)));
    }
  }

  private static void sample(Line line) {
    line.key();
    if (line.dice.percent(70)) {
      line.sampleSize();
    }
  }

  private static void limit(Line line) {
    line.countedKeys();
    if (line.dice.percent(50)) {
      line.words(line.dice.percent(95) ? "LIMIT" : "COUNT").size();
    }
  }
}
