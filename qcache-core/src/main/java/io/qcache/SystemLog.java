package io.qcache;

import java.lang.System.Logger.Level;

/** A holder twice over: fetching a System.Logger costs tens of milliseconds, which no start should pay. */
final class SystemLog implements Log {
  static final Log LOG = new SystemLog();

  private static final class Fetched {
    static final System.Logger LOGGER = System.getLogger("io.qcache");
  }

  @Override public void log(Level level, String message) {
    Fetched.LOGGER.log(level, message);
  }

  @Override public void log(Level level, String message, Throwable reason) {
    Fetched.LOGGER.log(level, message, reason);
  }
}
