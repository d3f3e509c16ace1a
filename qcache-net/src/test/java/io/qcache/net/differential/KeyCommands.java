package io.qcache.net.differential;

/** The generic commands: life, names, deadlines and listings of keys. */
final class KeyCommands implements CommandGroup {
  private static final String[] TYPES = {"string", "STRING", "list", "hash", "set", "zset", "stream", "nosuch", ""};

  @Override public void declare(CommandTable table) {
    table.row(8, "DEL", Line::keys);
    table.row(3, "UNLINK", Line::keys);
    table.row(5, "EXISTS", Line::keys);
    table.row(3, "TOUCH", Line::keys);
    table.row(4, "TYPE", Line::key);
    table.row(6, "RENAME", line -> line.key().key());
    table.row(5, "RENAMENX", line -> line.key().key());
    table.row(12, "COPY", line -> copyOptions(line.key().key()));
    table.row(6, "MOVE", line -> line.key().database());
    table.row(8, "OBJECT ENCODING", Allowance.ENCODING, Line::key);
    table.row(2, "OBJECT REFCOUNT", Allowance.ANY_NUMBER, Line::key); // who shares what is each server's own
    table.row(4, "OBJECT FREQ", Line::key); // of no LFU policy: the same refusal, or nil
    table.row(2, "OBJECT IDLETIME", line -> line.text("never there")); // of a key that is there we know none
    table.row(1, "OBJECT", line -> line.oneOf("", "FREQ", "freq2").key());
    deadlines(table);
    listings(table);
  }

  private static void deadlines(CommandTable table) {
    table.row(12, "EXPIRE", line -> condition(line.key().time(false)));
    table.row(8, "PEXPIRE", line -> condition(line.key().time(true)));
    table.row(10, "EXPIREAT", line -> condition(line.key().deadline(false)));
    table.row(10, "PEXPIREAT", line -> condition(line.key().deadline(true)));
    table.row(5, "PERSIST", Line::key);
    table.row(5, "TTL", Allowance.SECONDS, Line::key);
    table.row(5, "PTTL", Allowance.MILLIS, Line::key);
    table.row(5, "EXPIRETIME", Allowance.SECONDS, Line::key);
    table.row(5, "PEXPIRETIME", Allowance.MILLIS, Line::key);
  }

  private static void listings(CommandTable table) {
    table.row(5, "KEYS", Allowance.ORDER, Line::pattern);
    table.row(2, "RANDOMKEY", Allowance.CHOICE, line -> { });
    table.row(6, "SCAN", Allowance.SCAN_PAGE, line -> scanOptions(cursor(line)));
    table.row(5, "SCAN", Allowance.SCAN_ALL, KeyCommands::scanOnce);
  }

  private static void copyOptions(Line line) {
    for (int left = line.dice.few(3); left > 0; left--) {
      if (line.dice.percent(50)) {
        line.words("DB").database();
      } else {
        line.words("REPLACE");
      }
    }
    if (line.dice.percent(4)) {
      line.oneOf("DB", "REPLACED", "", "1");
    }
  }

  private static void condition(Line line) {
    for (int left = line.dice.percent(60) ? 1 : line.dice.few(3); left > 0; left--) {
      line.words(line.dice.oneOf("NX", "XX", "GT", "LT"));
    }
    if (line.dice.percent(3)) {
      line.oneOf("", "NY", "GTE", "KEEPTTL", "5");
    }
  }

  static Line cursor(Line line) {
    return line.dice.percent(70) ? line.text("0")
        : line.oneOf("1", "7", "12345", "9007199254740991", "18446744073709551615", "18446744073709551616", "-1", "",
            "a", " 0", "0x0", "1.5", "99999999999999999999");
  }

  private static void scanOnce(Line line) {
    line.text("0").words("COUNT").text("5000");
    if (line.dice.percent(60)) {
      line.words("MATCH").pattern();
    }
    if (line.dice.percent(20)) {
      line.words("TYPE").oneOf(TYPES);
    }
  }

  static void scanOptions(Line line) {
    for (int left = line.dice.few(4); left > 0; left--) {
      switch (line.dice.below(5)) {
        case 0 -> line.words("MATCH").pattern();
        case 1 -> line.words("COUNT").text(Long.toString(line.dice.between(1, 50)));
        case 2 -> line.words("COUNT").oneOf("1000", "0", "-1", "abc", "", "9223372036854775808", "1.5");
        case 3 -> line.words("TYPE").oneOf(TYPES);
        default -> line.oneOf("MATCH", "COUNT", "TYPE", "NOVALUES", "");
      }
    }
  }
}
