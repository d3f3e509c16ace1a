package io.qcache.log;

import java.io.IOException;

/** What is in the files of the log is not what was written to them, where it was safe. */
public final class LogDamagedException extends IOException {
  private static final long serialVersionUID = 1;

  private final long segment;
  private final long position;

  LogDamagedException(String message, long segment, long position) {
    this(message, segment, position, null);
  }

  LogDamagedException(String message, long segment, long position, Throwable cause) {
    super(message, cause);
    this.segment = segment;
    this.position = position;
  }

  /** The first number of the segment from which on nothing can be used; -1 where it is not that of a file. */
  public long segment() {
    return segment;
  }

  /** How many bytes of that segment can. */
  public long position() {
    return position;
  }
}
