package io.qcache.net.command;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;

/**
 * Where a command's arguments are keys, as data: where to begin, how to go on, and what is done with them; joined by
 * {@link #and}.  Immutable.
 *
 * <p>Positions count from the command's name, which is 0, and negative ones from the end, -1 being the last argument.
 */
public final class Keys {
  /** What to do with each key. */
  public interface Visitor {
    void key(int position, Access access);
  }

  /** How the keys are found. */
  enum Kind {
    RANGE, COUNTED, KEYWORD, UNKNOWN
  }

  static final Keys NONE = new Keys(Kind.RANGE, 0, 0, 0, null, null, null);

  final Kind kind;
  final int first;      // COUNTED: where the count is; KEYWORD: where to begin to look for it
  final int last;
  final int step;
  final String keyword;
  final Access access;
  final Keys next;

  private Keys(Kind kind, int first, int last, int step, String keyword, Access access, Keys next) {
    this.kind = kind;
    this.first = first;
    this.last = last;
    this.step = step;
    this.keyword = keyword;
    this.access = access;
    this.next = next;
  }

  /** The first argument. */
  public static Keys one(Access access) {
    return range(1, 1, 1, access);
  }

  /** Every argument. */
  public static Keys all(Access access) {
    return range(1, -1, 1, access);
  }

  /** The first argument of every {@code step}. */
  public static Keys every(int step, Access access) {
    return range(1, -1, step, access);
  }

  public static Keys range(int first, int last, int step, Access access) {
    return new Keys(Kind.RANGE, first, last, step, null, access, null);
  }

  /** As many arguments as the one at {@code at} says, right behind it. */
  public static Keys counted(int at, Access access) {
    return new Keys(Kind.COUNTED, at, -1, 1, null, access, null);
  }

  /** The argument behind the keyword, which is looked for from position 1 on; none where it is not given. */
  public static Keys after(String keyword, Access access) {
    return new Keys(Kind.KEYWORD, 1, 0, 1, keyword, access, null);
  }

  /** Keys that follow from what other keys hold, so that no position tells them. */
  public static Keys unknown(Access access) {
    return new Keys(Kind.UNKNOWN, 0, 0, 0, null, access, null);
  }

  /**
   * The argument behind the keyword where it is given last among the options of SORT, from position 2 on: other keywords
   * of theirs are followed by one argument or two.  COMMAND INFO tells no position of it.
   */
  public static Keys amongSortOptions(String keyword, Access access) {
    return new Keys(Kind.UNKNOWN, 2, 0, 1, keyword, access, null);
  }

  /** These, then those. */
  public Keys and(Keys others) {
    return new Keys(kind, first, last, step, keyword, access, next == null ? others : next.and(others));
  }

  /** Whether no argument is ever a key. */
  public boolean isNone() {
    return access == null || access == Access.NOT_A_KEY;
  }

  /** Whether there is nothing to tell of positions either. */
  boolean isNowhere() {
    return access == null;
  }

  /**
   * Visits the position of each key; false, having visited some perhaps, where a count is no count of what is there.
   */
  public boolean forEach(Slices args, Visitor visitor) {
    for (Keys keys = this; keys != null; keys = keys.next) {
      if (!keys.isNone() && !keys.visit(args, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean visit(Slices args, Visitor visitor) {
    return switch (kind) {
      case RANGE -> visitRange(first, last < 0 ? args.size() + last : last, args, visitor);
      case COUNTED -> visitCounted(args, visitor);
      case KEYWORD -> visitAfter(args, visitor);
      case UNKNOWN -> keyword == null || visitLast(args, visitor);
    };
  }

  private boolean visitRange(long from, long to, Slices args, Visitor visitor) {
    if (to >= args.size()) {
      return false;
    }
    for (long i = from; i <= to; i += step) {
      visitor.key((int) i, access);
    }
    return true;
  }

  private boolean visitCounted(Slices args, Visitor visitor) {
    if (first >= args.size()) {
      return false;
    }
    Slice text = args.get(first);
    if (!Numbers.isLong(text.array(), text.offset(), text.length())) {
      return false;
    }
    long count = Numbers.parse(text);
    return count >= 0 && count < args.size() - first && visitRange(first + 1, first + count, args, visitor);
  }

  private boolean visitLast(Slices args, Visitor visitor) {
    int found = 0;
    for (int i = first; i < args.size(); i++) {
      Slice option = args.get(i);
      if (option.is("LIMIT")) {
        i += 2;
      } else if (option.is("GET") || option.is("BY")) {
        i++;
      } else if (option.is(keyword) && i + 1 < args.size()) {
        found = i + 1;
      }
    }
    return found == 0 || visitRange(found, found, args, visitor);
  }

  private boolean visitAfter(Slices args, Visitor visitor) {
    for (int i = first; i < args.size() - 1; i++) {
      if (args.get(i).is(keyword)) {
        return visitRange(i + 1, i + 1, args, visitor);
      }
    }
    return true;
  }
}
