package io.qcache.net.session;

import io.qcache.engine.Ahead;
import io.qcache.engine.Database;

/**
 * Finds the keys of commands before they run, and has them touched ({@link Ahead}): of those of a pipeline, and of the
 * first ones of several clients.  It takes the first argument of each for its key, and stops at whatever is not a plain
 * and whole array: it decides nothing, the parser sees it all again.  One for each thread.
 */
final class Lookahead {
  private static final ThreadLocal<Lookahead> OF_THREAD = new ThreadLocal<>();
  private static final int MOST_COMMANDS = 64;
  private static final int MOST_DIGITS = 6;
  private static final int NONE = -1;

  private final Ahead ahead = new Ahead();
  private int at; // of the scan

  /** The caller's. */
  static Lookahead ofThread() {
    Lookahead own = OF_THREAD.get();
    if (own == null) {
      own = new Lookahead();
      OF_THREAD.set(own);
    }
    return own;
  }

  /** Touches what commands in {@code array[from, to)} are about; where those begin that were not looked at. */
  int touch(Database database, byte[] array, int from, int to) {
    if (!Ahead.isWorthwhile(database)) {
      return to;
    }
    int next = from;
    for (int i = 0; i < MOST_COMMANDS && !ahead.isFull() && next < to; i++) {
      int end = command(database, array, next, to);
      next = end == NONE ? to : end;
    }
    ahead.touch();
    return next;
  }

  /** Adds the key of the first command in {@code array[from, to)}, whose bytes are read until {@link #touch()}. */
  void add(Database database, byte[] array, int from, int to) {
    if (!ahead.isFull() && Ahead.isWorthwhile(database)) {
      command(database, array, from, to);
    }
  }

  /** Touches what has been added. */
  void touch() {
    ahead.touch();
  }

  /** Adds the key of the command; where it ends, NONE where it is no array or not whole. */
  private int command(Database database, byte[] array, int from, int to) {
    at = from;
    int count = header(array, to, '*');
    for (int i = 0; i < count; i++) {
      int length = header(array, to, '$');
      if (length == NONE || length > to - at - 2) {
        return NONE;
      }
      if (i == 1) {
        ahead.add(database, array, at, length);
      }
      at += length + 2;
    }
    return count == NONE ? NONE : at;
  }

  /** The number in the header, behind which the scan goes on; NONE where it is not whole, or not a plain one. */
  private int header(byte[] array, int to, char type) {
    if (at >= to || array[at] != type) {
      return NONE;
    }
    int number = 0;
    int end = Math.min(to - 1, at + 1 + MOST_DIGITS);
    for (int i = at + 1; i < end; i++) {
      int digit = array[i] - '0';
      if (digit < 0 || digit > 9) {
        at = i + 2;
        return array[i] == '\r' ? number : NONE;
      }
      number = 10 * number + digit;
    }
    return NONE;
  }
}
