package io.qcache.engine;

import io.qcache.Log;
import java.lang.System.Logger.Level;

/** A log that does not throw: a thread that serves others must outlive the failure to say that something failed. */
record GuardedLog(Log to) implements Log {
  @Override public void log(Level level, String message) {
    try {
      to.log(level, message);
    } catch (RuntimeException | Error nowhereLeftToSaySo) {
      // the log is where it would be said
    }
  }

  @Override public void log(Level level, String message, Throwable reason) {
    try {
      to.log(level, message, reason);
    } catch (RuntimeException | Error nowhereLeftToSaySo) {
      // the log is where it would be said
    }
  }
}
