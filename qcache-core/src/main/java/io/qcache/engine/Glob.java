package io.qcache.engine;

/**
 * Glob patterns over bytes, as Redis matches them: {@code *} any run, {@code ?} any byte, {@code [abc]} and {@code
 * [a-z]} a class, {@code [^…]} its opposite, {@code \} the next byte as it is.  Immutable.  A range is one of unsigned
 * bytes; Redis compares C's plain chars, which are signed on some machines.
 *
 * <p>Matching keeps one place to come back to, the last star: a byte that does not fit lets that star take one more.
 * So the time is at most pattern times text, whatever the pattern, and nothing recurses.
 */
public final class Glob {
  private final byte[] pattern;
  private final boolean everything;

  public Glob(byte[] pattern) {
    this.pattern = pattern.clone();
    this.everything = pattern.length == 1 && pattern[0] == '*';
  }

  public static Glob of(Slice pattern) {
    return new Glob(pattern.copy());
  }

  public boolean matches(byte[] text, int offset, int length) {
    if (everything || length == 0) {
      return everything || pattern.length == 0; // to Redis the empty text matches neither ** nor any other run of stars
    }
    int p = 0;
    int t = offset;
    int end = offset + length;
    int star = -1; // where to go on in the pattern when the last star takes one byte more
    int starText = 0;
    while (t < end || p < pattern.length) {
      if (p < pattern.length && pattern[p] == '*') {
        star = ++p;
        starText = t;
        continue;
      }
      if (t < end && p < pattern.length && fits(p, text[t])) {
        p = next(p);
        t++;
        continue;
      }
      if (star < 0 || starText >= end) {
        return false;
      }
      p = star;
      t = ++starText;
    }
    return true;
  }

  /** Whether the element of the pattern at {@code p} takes the byte. */
  private boolean fits(int p, byte b) {
    return switch (pattern[p]) {
      case '?' -> true;
      case '[' -> inClass(p, b & 0xff);
      case '\\' -> pattern[p + 1 < pattern.length ? p + 1 : p] == b;
      default -> pattern[p] == b;
    };
  }

  /** Where the element after the one at {@code p} begins. */
  private int next(int p) {
    return switch (pattern[p]) {
      case '[' -> endOfClass(p);
      case '\\' -> Math.min(p + 2, pattern.length);
      default -> p + 1;
    };
  }

  /** A class ends at its bracket; one that is never closed takes the rest of the pattern. */
  private int endOfClass(int p) {
    int i = afterNegation(p);
    while (i < pattern.length && pattern[i] != ']') {
      i = afterMember(i);
    }
    return Math.min(i + 1, pattern.length);
  }

  private boolean inClass(int p, int b) {
    int i = afterNegation(p);
    boolean negated = i == p + 2;
    boolean found = false;
    while (i < pattern.length && pattern[i] != ']') {
      int after = afterMember(i);
      if (pattern[i] == '\\' && after == i + 2) {
        found |= (pattern[i + 1] & 0xff) == b;
      } else if (after == i + 3) {
        int low = Math.min(pattern[i] & 0xff, pattern[i + 2] & 0xff);
        int high = Math.max(pattern[i] & 0xff, pattern[i + 2] & 0xff);
        found |= low <= b && b <= high;
      } else {
        found |= (pattern[i] & 0xff) == b;
      }
      i = after;
    }
    return found != negated;
  }

  private int afterNegation(int p) {
    return p + 1 < pattern.length && pattern[p + 1] == '^' ? p + 2 : p + 1;
  }

  /** Behind the member of a class at {@code i}: an escaped byte, a range, or one byte. */
  private int afterMember(int i) {
    if (pattern[i] == '\\' && i + 1 < pattern.length) {
      return i + 2;
    }
    return i + 2 < pattern.length && pattern[i + 1] == '-' ? i + 3 : i + 1;
  }
}
