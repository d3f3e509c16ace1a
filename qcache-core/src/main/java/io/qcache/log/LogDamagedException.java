package io.qcache.log;

import java.io.IOException;

/** What is in the files of the log is not what was written to them, where it was safe. */
public final class LogDamagedException extends IOException {
  private static final long serialVersionUID = 1;

  LogDamagedException(String message) {
    super(message);
  }

  LogDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
