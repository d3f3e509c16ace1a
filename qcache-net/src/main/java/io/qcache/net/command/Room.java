package io.qcache.net.command;

import io.qcache.net.session.Call;

/**
 * The commands of one data type or concern.  {@link #declare} lists their rows, each with an ordinal of the room's own,
 * and {@link #run} is one switch over it.  Without state but the server's, so that all sessions share it.
 */
public abstract class Room {
  private final Category category;

  /** A room whose rows belong to the category, or to none where it is null. */
  protected Room(Category category) {
    this.category = category;
  }

  public abstract void declare(CommandTable table);

  /** Runs the command of that ordinal, its arity being right, and writes its reply. */
  public abstract void run(int op, Call call);

  final Category category() {
    return category;
  }

  protected static IllegalStateException noSuchRow(int op) {
    return new IllegalStateException("no row has the ordinal " + op);
  }
}
