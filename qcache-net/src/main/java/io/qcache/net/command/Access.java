package io.qcache.net.command;

/** What a command does with a key, and the words COMMAND INFO has for it. */
public enum Access {
  /** Gives something of the value. */
  READ("RO access"),
  /** Looks at the key, gives nothing of the value. */
  LOOK("RO"),
  /** Writes without having read. */
  WRITE("OW update"),
  /** Writes only what is not there. */
  INSERT("OW insert"),
  /** Adds to what is there. */
  EXTEND("RW insert"),
  /** Changes what is there, giving nothing of it. */
  UPDATE("RW update"),
  /** Takes something of what is there away, giving nothing of it. */
  SHRINK("RW delete"),
  /** Changes what is there, giving something of it. */
  READ_WRITE("RW access update"),
  /** READ_WRITE with some options, WRITE without them. */
  READ_WRITE_BY_OPTION("RW access update variable_flags"),
  /** Deletes, giving something of it. */
  READ_DELETE("RW access delete"),
  /** Deletes, whatever it is. */
  DELETE("RM delete"),
  /** Nothing: it is the name of something else, which lies where a key of that name would in a cluster. */
  NOT_A_KEY("not_key");

  private final String words;

  Access(String words) {
    this.words = words;
  }

  public boolean writes() {
    return this != READ && this != LOOK && this != NOT_A_KEY;
  }

  /** The flags of COMMAND INFO and COMMAND GETKEYSANDFLAGS, separated by blanks. */
  public String words() {
    return words;
  }
}
