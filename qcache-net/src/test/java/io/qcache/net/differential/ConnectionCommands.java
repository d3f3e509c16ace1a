package io.qcache.net.differential;

/**
 * The commands about the connection itself.  CLIENT REPLY and QUIT change how many replies come: {@link Script} makes
 * steps of them.  CLIENT SETINFO is not of Redis 7.0, so there is nothing to compare it with.
 */
final class ConnectionCommands implements CommandGroup {
  @Override public void declare(CommandTable table) {
    table.row(4, "PING", line -> { });
    table.row(4, "PING", Line::value);
    table.row(4, "ECHO", Line::value);
    table.row(16, "SELECT", Line::database);
    table.row(3, "HELLO", Allowance.GREETING, line -> line.oneOf("2", "3"));
    table.row(2, "HELLO", Allowance.GREETING, ConnectionCommands::helloOptions);
    table.row(1, "HELLO", Allowance.GREETING, line -> { });
    table.row(2, "AUTH", line -> line.oneOf("secret", ""));
    table.row(2, "AUTH", line -> line.oneOf("default", "nobody", "").oneOf("secret", "", "default"));
    table.row(1, "RESET", line -> { });
    client(table);
    unknown(table);
  }

  private static void client(CommandTable table) {
    table.row(2, "CLIENT ID", Allowance.ANY_NUMBER, line -> { });
    table.row(2, "CLIENT GETNAME", line -> { });
    table.row(3, "CLIENT SETNAME",
        line -> line.oneOf("me", "", "a b", "a\nb", "\u00e4", "you", "~!@#", "a\u007f", "\u001f"));
    table.row(2, "CLIENT INFO", Allowance.CLIENT_LINES, line -> { });
    table.row(1, "CLIENT LIST", Allowance.CLIENT_LINES, line -> { });
    table.row(2, "CLIENT LIST", Allowance.CLIENT_LINES, ConnectionCommands::listOptions);
    table.row(3, "CLIENT KILL", ConnectionCommands::killNobody);
    table.row(1, "CLIENT REPLY", line -> line.oneOf("", "no", "onn"));
  }

  private static void unknown(CommandTable table) {
    table.row(2, "NOSUCH", line -> line.keys().value());
    table.row(1, "NOSUCH", line -> { });
    table.row(1, "\r\n", Line::key);
    table.row(1, "x".repeat(200), line -> line.text("y".repeat(200)).text("z"));
    table.row(2, "CLIENT NOSUCH", Line::keys);
    table.row(1, "CLIENT", line -> line.oneOf("", "\r\n", "x".repeat(200), "get", "LIST2"));
    table.row(1, "COMMAND NOSUCH", Line::keys);
    table.row(1, "CONFIG NOSUCH", Line::keys);
  }

  private static void helloOptions(Line line) {
    line.oneOf("2", "3", "3", "1", "4", "a", "", "-3", "3.0", "9223372036854775808");
    for (int left = line.dice.few(3); left > 0; left--) {
      switch (line.dice.below(4)) {
        case 0 -> line.words("AUTH").oneOf("default", "nobody").text("secret");
        case 1 -> line.words("SETNAME").oneOf("me", "", "a b", "you");
        case 2 -> line.words("AUTH").text("default");
        default -> line.oneOf("SETNAME", "AUTH", "NAME", "");
      }
    }
  }

  private static void listOptions(Line line) {
    switch (line.dice.below(4)) {
      case 0 -> line.words("TYPE").oneOf("normal", "master", "replica", "slave", "pubsub", "nosuch", "");
      case 1 -> line.words("ID").oneOf("999999999", "0", "-1", "a", "");
      case 2 -> line.words("ID").text("999999998").text("999999999");
      default -> line.oneOf("TYPE", "ID", "ADDR");
    }
  }

  /** Whatever is dropped or doubled in these kills nobody either. */
  private static void killNobody(Line line) {
    switch (line.dice.below(8)) {
      case 0 -> line.words("ID").oneOf("999999999", "0", "-1", "a", "");
      case 1 -> line.words("ADDR").oneOf("1.2.3.4:5", "", "nosuch");
      case 2 -> line.words("LADDR").text("1.2.3.4:5");
      case 3 -> line.words("TYPE").oneOf("master", "replica", "pubsub", "nosuch");
      case 4 -> line.words("USER").oneOf("nobody", "");
      case 5 -> line.words("ID").text("999999999").words("SKIPME").oneOf("yes", "no", "YES", "perhaps", "");
      case 6 -> line.words("ID").text("999999999").oneOf("ADDR", "MAXAGE", "");
      default -> line.oneOf("1.2.3.4:5", "", "nosuch");
    }
  }
}
