package io.qcache.net.room;

import io.qcache.net.command.CommandTable;

/** All rooms of the server. */
public final class Rooms {
  private Rooms() {}

  /** The table of all their commands. */
  public static CommandTable table() {
    return new CommandTable()
        .add(new StringRoom());
  }
}
