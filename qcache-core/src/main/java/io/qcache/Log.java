package io.qcache;

import java.lang.System.Logger.Level;

/**
 * Where QCache says what happens to it: seldom, and never on a hot path.  Called by any thread, so thread-safe; must
 * not block for long.
 */
@FunctionalInterface
public interface Log {
  void log(Level level, String message);

  /** The same with the reason. */
  default void log(Level level, String message, Throwable reason) {
    log(level, message + ": " + reason);
  }

  /** The JDK's {@link System.Logger} of the name {@code io.qcache}, fetched at the first line written. */
  static Log system() {
    return SystemLog.LOG;
  }
}
