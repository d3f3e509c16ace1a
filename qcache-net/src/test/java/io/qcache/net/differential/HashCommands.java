package io.qcache.net.differential;

/** All commands of hashes. */
final class HashCommands implements CommandGroup {
  @Override public String[] keys() {
    return Line.HASH_KEYS;
  }

  @Override public void declare(CommandTable table) {
    table.row(14, "HSET", HashCommands::pairs);
    table.row(3, "HMSET", HashCommands::pairs);
    table.row(5, "HSETNX", line -> line.key().element().value());
    table.row(8, "HGET", line -> line.key().element());
    table.row(5, "HMGET", line -> line.key().elements());
    table.row(6, "HDEL", line -> line.key().elements());
    table.row(3, "HLEN", Line::key);
    table.row(3, "HSTRLEN", line -> line.key().element());
    table.row(4, "HEXISTS", line -> line.key().element());
    table.row(4, "HKEYS", Allowance.ORDER, Line::key);
    table.row(4, "HVALS", Allowance.ANY_ORDER, Line::key);
    table.row(6, "HGETALL", Allowance.PAIRS, Line::key);
    table.row(8, "HINCRBY", line -> number(line.key()).integer());
    table.row(8, "HINCRBYFLOAT", line -> number(line.key()).decimal());
    table.row(4, "HSET", line -> number(line.key()).integer());
    table.row(2, "HSET", line -> number(line.key()).decimal());
    table.row(8, "HRANDFIELD", Allowance.SAMPLE, HashCommands::sample);
    table.row(4, "HSCAN", Allowance.SCAN_PAIRS, line -> line.key().text("0").words("COUNT").text("5000"));
    table.row(6, "HSCAN", Allowance.SCAN_PAGE, line -> KeyCommands.scanOptions(KeyCommands.cursor(line.key())));
  }

  private static void pairs(Line line) {
    line.key().many(3, () -> line.element().value());
  }

  private static Line number(Line line) {
    return line.dice.percent(80) ? line.oneOf("n", "n1", "n2") : line.element();
  }

  private static void sample(Line line) {
    line.key();
    if (line.dice.percent(75)) {
      line.sampleSize();
      if (line.dice.percent(50)) {
        line.words(line.dice.percent(95) ? "WITHVALUES" : "WITHSCORES");
      }
    }
  }
}
