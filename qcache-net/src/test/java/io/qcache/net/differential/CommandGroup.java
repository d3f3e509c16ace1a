package io.qcache.net.differential;

/** The commands of one data type or concern, as the differential run draws them. */
interface CommandGroup {
  /** Adds a row for each command. */
  void declare(CommandTable table);
}
