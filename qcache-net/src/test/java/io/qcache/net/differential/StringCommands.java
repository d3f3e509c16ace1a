package io.qcache.net.differential;

/** All commands of the string type. */
final class StringCommands implements CommandGroup {
  @Override public String[] keys() {
    return Line.STRING_KEYS;
  }

  @Override public void declare(CommandTable table) {
    table.row(30, "SET", line -> setOptions(line.key().value()));
    table.row(12, "SET", line -> line.key().value());
    table.row(14, "GET", Line::key);
    table.row(4, "GETSET", line -> line.key().value());
    table.row(4, "GETDEL", Line::key);
    table.row(14, "GETEX", line -> getexOptions(line.key()));
    table.row(4, "SETNX", line -> line.key().value());
    table.row(4, "SETEX", line -> line.key().time(false).value());
    table.row(4, "PSETEX", line -> line.key().time(true).value());
    table.row(5, "MGET", Line::keys);
    table.row(5, "MSET", StringCommands::pairs);
    table.row(4, "MSETNX", StringCommands::pairs);
    table.row(5, "STRLEN", Line::key);
    table.row(6, "APPEND", line -> line.key().value());
    table.row(6, "SETRANGE", line -> offset(line.key()).value());
    table.row(6, "GETRANGE", line -> line.key().index().index());
    table.row(2, "SUBSTR", line -> line.key().index().index());
    table.row(8, "LCS", line -> lcsOptions(line.key().key()));
    numbers(table);
  }

  private static void numbers(CommandTable table) {
    table.row(5, "INCR", Line::key);
    table.row(5, "DECR", Line::key);
    table.row(8, "INCRBY", line -> line.key().integer());
    table.row(8, "DECRBY", line -> line.key().integer());
    table.row(14, "INCRBYFLOAT", line -> line.key().decimal());
    table.row(6, "INCRBYFLOAT", line -> line.text("float").decimal());
    table.row(3, "SET", line -> line.text("float").decimal());
    table.row(3, "SET", line -> line.text("num").integer());
  }

  private static void pairs(Line line) {
    for (int left = 1 + line.dice.few(4); left > 0; left--) {
      line.key().value();
    }
  }

  /** Never so large that it is not refused and yet costs hundreds of megabytes. */
  private static Line offset(Line line) {
    return line.dice.percent(75) ? line.text(Long.toString(line.dice.between(0, 100)))
        : line.oneOf("-1", "", "a", "1.0", "20000", "536870912", "536870913", "4294967296", "9223372036854775807",
            "-9223372036854775808", "9223372036854775808", "+1");
  }

  private static void lcsOptions(Line line) {
    for (int left = line.dice.few(4); left > 0; left--) {
      switch (line.dice.below(8)) {
        case 0, 1 -> line.words("LEN");
        case 2, 3, 4 -> line.words("IDX");
        case 5 -> line.words("MINMATCHLEN").size();
        case 6 -> line.words("WITHMATCHLEN");
        default -> line.oneOf("", "MINMATCHLEN", "GET");
      }
    }
  }

  private static void setOptions(Line line) {
    for (int left = 1 + line.dice.few(4); left > 0; left--) {
      switch (line.dice.below(6)) {
        case 0 -> line.words("NX");
        case 1 -> line.words("XX");
        case 2 -> line.words("GET");
        case 3 -> line.words("KEEPTTL");
        default -> expiry(line);
      }
    }
    stray(line);
  }

  private static void getexOptions(Line line) {
    for (int left = line.dice.percent(80) ? 1 : line.dice.few(3); left > 0; left--) {
      if (line.dice.percent(30)) {
        line.words("PERSIST");
      } else {
        expiry(line);
      }
    }
    stray(line);
  }

  private static void expiry(Line line) {
    switch (line.dice.below(4)) {
      case 0 -> line.words("EX").time(false);
      case 1 -> line.words("PX").time(true);
      case 2 -> line.words("EXAT").futureDeadline(false);
      default -> line.words("PXAT").futureDeadline(true);
    }
  }

  private static void stray(Line line) {
    if (line.dice.percent(4)) {
      line.oneOf("EX", "PX", "EXAT", "PXAT", "NXX", "", "PERSIST", "KEEPTTL", "IFEQ", "5000");
    }
  }
}
