package io.qcache.net.differential;

/** The commands of transactions where nobody expects them; whole transactions are made by {@link Script}. */
final class TransactionCommands implements CommandGroup {
  @Override public void declare(CommandTable table) {
    table.row(1, "MULTI", line -> { });
    table.row(4, "EXEC", line -> { });
    table.row(3, "DISCARD", line -> { });
    table.row(4, "WATCH", Line::keys);
    table.row(2, "UNWATCH", line -> { });
  }
}
