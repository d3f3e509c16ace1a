package io.qcache.net.room;

import io.qcache.net.command.CommandTable;

/** All rooms of the server. */
public final class Rooms {
  private Rooms() {}

  /** The table of all their commands. */
  public static CommandTable table() {
    return new CommandTable()
        .add(new StringRoom())
        .add(new BitRoom())
        .add(new ListRoom())
        .add(new HashRoom())
        .add(new FieldDeadlineRoom())
        .add(new SetRoom())
        .add(new SortedSetRoom())
        .add(new KeyRoom())
        .add(new SortRoom())
        .add(new ObjectRoom())
        .add(new ConnectionRoom())
        .add(new TransactionRoom())
        .add(new PubSubRoom())
        .add(new ServerRoom())
        .add(new PersistenceRoom())
        .add(new ReplicationRoom())
        .add(new ConfigRoom())
        .add(new ClientRoom())
        .add(new CommandRoom());
  }
}
