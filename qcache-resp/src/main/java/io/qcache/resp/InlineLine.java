package io.qcache.resp;

/**
 * Splits the line of an inline command into its arguments, undoing quotes and escapes as Redis does:
 * {@code "..."} knows {@code \n \r \t \b \a}, {@code \xHH} and takes any other escaped byte as it is, {@code '...'}
 * knows only {@code \'}; a closing quote must be followed by a blank or the end.  Arguments are copied into an array
 * of its own, which is never longer than the line.
 */
final class InlineLine {
  private static final int KEPT = 1024;
  private static final byte[] NONE = {};

  byte[] bytes = NONE;
  private int size;
  private byte[] line;
  private int at;
  private int end;

  /** Forgets the last line; an array that was needed for a long one is given back. */
  void clear() {
    if (bytes.length > KEPT) {
      bytes = NONE;
    }
  }

  /**
   * Adds the arguments of {@code source[from, to)} to the spans, as offsets into {@link #bytes}.  Returns -1, or where
   * the quote stands that is not closed or is closed in the middle of a word.
   */
  int split(byte[] source, int from, int to, Spans spans) {
    if (bytes.length < to - from) {
      bytes = new byte[to - from];
    }
    line = source;
    at = from;
    end = to;
    size = 0;
    int wrong = -1;
    while (wrong < 0 && skipBlanks()) {
      int start = size;
      wrong = word();
      spans.add(start, size - start);
    }
    line = null;
    return wrong;
  }

  private boolean skipBlanks() {
    while (at < end && isBlank(line[at])) {
      at++;
    }
    return at < end;
  }

  /** Copies one argument; quotes may open in the middle of it, and then it ends where they close. */
  private int word() {
    while (at < end) {
      byte b = line[at];
      if (b == '"' || b == '\'') {
        return quoted(b);
      }
      // Redis ends a bare word at these only; \v and \f are blanks between words but not behind one.
      if (b == ' ' || b == '\t' || b == '\r') {
        return -1;
      }
      bytes[size++] = b;
      at++;
    }
    return -1;
  }

  private int quoted(byte quote) {
    int open = at++;
    while (at < end) {
      byte b = line[at++];
      if (b == quote) {
        return at == end || isBlank(line[at]) ? -1 : open;
      }
      bytes[size++] = b == '\\' && at < end ? escaped(quote) : b;
    }
    return open;
  }

  /** The byte that a backslash at {@code at - 1} stands for; moves behind the escape. */
  private byte escaped(byte quote) {
    byte b = line[at];
    if (quote == '\'') {
      if (b != '\'') {
        return '\\';
      }
      at++;
      return b;
    }
    if (b == 'x' && at + 2 < end && hex(line[at + 1]) >= 0 && hex(line[at + 2]) >= 0) {
      at += 3;
      return (byte) (hex(line[at - 2]) << 4 | hex(line[at - 1]));
    }
    at++;
    return switch (b) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> b;
    };
  }

  private static int hex(byte b) {
    return Character.digit(b, 16);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
