package io.qcache.net.differential;

/** The commands about the whole server.  No setting is changed that would outlast the run's conversation. */
final class ServerCommands implements CommandGroup {
  @Override public void declare(CommandTable table) {
    table.row(5, "DBSIZE", line -> { });
    table.row(2, "FLUSHDB", ServerCommands::how);
    table.row(1, "FLUSHALL", ServerCommands::how);
    table.row(4, "SWAPDB", line -> line.database().database());
    table.row(2, "TIME", Allowance.CLOCK, line -> { });
    table.row(1, "INFO", Allowance.ANY_TEXT, line -> { });
    table.row(1, "INFO", Allowance.ANY_TEXT,
        line -> line.oneOf("server", "clients", "nosuch", "all", "default", "KEYSPACE"));
    table.row(1, "CONFIG GET", Allowance.ANY_AGGREGATE, line -> line.oneOf("maxmemory", "nosuch", "*", "data*", ""));
    table.row(2, "CONFIG SET", line -> line.oneOf("nosuch", "", "a b").oneOf("1", ""));
    table.row(1, "CONFIG SET", line -> line.oneOf("maxclients", "databases").oneOf("abc", "-1", "").text("odd"));
    table.row(1, "CONFIG SET", line -> line.words("maxmemory-policy").oneOf("lru", "", "allkeys_lru", "no", "noeviction2"));
    commands(table);
  }

  private static void commands(CommandTable table) {
    table.row(1, "COMMAND COUNT", Allowance.ANY_NUMBER, line -> { });
    table.row(1, "COMMAND COUNT", line -> line.text("x"));
    table.row(1, "COMMAND GETKEYS", line -> { });
    table.row(1, "COMMAND DOCS", Allowance.ANY_AGGREGATE, line -> line.oneOf("get", "SET", "nosuch"));
    table.row(1, "COMMAND LIST", Allowance.ANY_AGGREGATE, line -> { });
    table.row(1, "COMMAND LIST", Allowance.ANY_AGGREGATE, ServerCommands::listFilter);
    table.row(3, "COMMAND GETKEYS", ServerCommands::someCommand);
    table.row(3, "COMMAND INFO", Allowance.ROW,
        line -> line.oneOf("get", "SET", "mset", "nosuch", "", "client|list", "copy"));
  }

  private static void how(Line line) {
    if (line.dice.percent(60)) {
      line.oneOf("ASYNC", "SYNC", "async", "sync", "now", "");
    }
  }

  private static void listFilter(Line line) {
    switch (line.dice.below(4)) {
      case 0 -> line.words("FILTERBY", "PATTERN").oneOf("set", "nosuch");
      case 1 -> line.words("FILTERBY", "ACLCAT").oneOf("nosuch", "");
      case 2 -> line.words("FILTERBY", "MODULE").text("nosuch");
      default -> line.words("FILTERBY").oneOf("NOSUCH", "PATTERN", "");
    }
  }

  private static void someCommand(Line line) {
    switch (line.dice.below(9)) {
      case 0 -> line.words("GET").key();
      case 1 -> line.words("MSET").key().value().key().value();
      case 2 -> line.words("COPY").key().key();
      case 3 -> line.words("DEL").keys();
      case 4 -> line.words("PING");
      case 5 -> line.words("NOSUCH").key();
      case 6 -> line.words("GET");
      case 7 -> line.words("MSET").key();
      default -> line.words("SET").key().value().words("NX");
    }
  }
}
