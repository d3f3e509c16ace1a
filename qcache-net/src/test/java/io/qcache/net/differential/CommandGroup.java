package io.qcache.net.differential;

/**
 * The commands of one data type or concern, as the differential run draws them.  Commands that the server compared does
 * not have yet are left out by the run, so a table may be ahead of it.
 */
interface CommandGroup {
  /** Adds a row for each command. */
  void declare(CommandTable table);

  /** The keys that its commands mostly go to, so that they find their own type there; all by default. */
  default String[] keys() {
    return Line.KEYS;
  }
}
