package io.qcache.net;

import io.qcache.Log;
import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * The lines of the main program, in Redis's shape with the time in UTC:
 *
 * <pre>
 *   4711:M 2026-01-31T12:00:00.123Z * Ready to accept connections
 *   ^pid  ^role                     ^ . debug, - verbose, * notice, # warning and error
 * </pre>
 *
 * Made by hand, because what the JDK has for logs and dates costs a start more than everything else.  Thread-safe.
 */
final class ServerLog implements Log {
  private static final String MARKS = ".-*#";
  private static final int DEBUG = 0;
  private static final int VERBOSE = 1;
  private static final int NOTICE = 2;
  private static final int WARNING = 3;

  private final Options options;
  private final PrintStream out;
  private final String start;

  /** Writes what is at least of the options' {@code loglevel}. */
  ServerLog(Options options, PrintStream out, long pid) {
    this.options = options;
    this.out = out;
    this.start = pid + ":M ";
  }

  @Override public void log(Level level, String message) {
    if (isLogged(level)) {
      write(level, message, null);
    }
  }

  @Override public void log(Level level, String message, Throwable reason) {
    if (isLogged(level)) {
      write(level, message + ": " + reason, reason);
    }
  }

  private boolean isLogged(Level level) {
    return place(level) >= options.number(Option.LOGLEVEL);
  }

  private static int place(Level level) {
    if (level == Level.INFO) {
      return NOTICE;
    }
    if (level == Level.DEBUG) {
      return VERBOSE;
    }
    return level.getSeverity() < Level.DEBUG.getSeverity() ? DEBUG : WARNING;
  }

  private void write(Level level, String message, Throwable reason) {
    String line = start + UtcTime.text(System.currentTimeMillis()) + ' ' + MARKS.charAt(place(level)) + ' '
        + message.replace('\n', ' ').replace('\r', ' ') + '\n';
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(bytes, 0, bytes.length);
      if (reason != null && level == Level.ERROR) {
        reason.printStackTrace(out);
      }
      out.flush();
    }
  }
}
