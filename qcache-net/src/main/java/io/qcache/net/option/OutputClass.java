package io.qcache.net.option;

/** What a connection is to {@code client-output-buffer-limit}. */
public enum OutputClass {
  NORMAL("normal"), REPLICA("slave"), PUBSUB("pubsub");

  /** As Redis 7.0 shows it. */
  final String title;

  OutputClass(String title) {
    this.title = title;
  }

  static OutputClass named(String name) throws OptionException {
    if (name.equalsIgnoreCase("replica")) {
      return REPLICA;
    }
    for (OutputClass each : values()) {
      if (each.title.equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new OptionException("Invalid client class specified in buffer limit configuration.");
  }
}
