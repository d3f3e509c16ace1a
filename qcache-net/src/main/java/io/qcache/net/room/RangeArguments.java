package io.qcache.net.room;

import io.qcache.engine.MemberRange;
import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** How commands say which members of a sorted set they mean. */
final class RangeArguments {
  /** By what the bounds go, and in which direction. */
  enum By {
    UNTOLD, RANK, SCORE, LEX
  }

  private By by;
  private Boolean backwards; // null while untold
  private boolean scored;
  private long offset;
  private long limit = MemberRange.ALL;

  private RangeArguments(By by, Boolean backwards) {
    this.by = by;
    this.backwards = backwards;
  }

  /** ZRANGE and ZRANGESTORE, where options say all of it. */
  static RangeArguments untold() {
    return new RangeArguments(By.UNTOLD, null);
  }

  /** The commands whose name says it. */
  static RangeArguments of(By by, boolean backwards) {
    return new RangeArguments(by, backwards);
  }

  /** Reads the options from argument {@code from} on; {@code scores} says whether they may be asked for. */
  RangeArguments options(Call call, int from, boolean scores) {
    for (int i = from; i < call.count(); i++) {
      Slice option = call.slice(i);
      if (scores && option.is("WITHSCORES")) {
        scored = true;
      } else if (option.is("LIMIT") && i + 2 < call.count()) {
        offset = call.integer(i + 1);
        limit = call.integer(i + 2);
        i += 2;
      } else if (backwards == null && option.is("REV")) {
        backwards = true;
      } else if (by == By.UNTOLD && option.is("BYLEX")) {
        by = By.LEX;
      } else if (by == By.UNTOLD && option.is("BYSCORE")) {
        by = By.SCORE;
      } else {
        throw Refusal.SYNTAX;
      }
    }
    by = by == By.UNTOLD ? By.RANK : by;
    if (limit != MemberRange.ALL && by == By.RANK) {
      throw Refusal.LIMIT_OF_RANKS;
    }
    if (scored && by == By.LEX) {
      throw Refusal.SCORES_BY_LEX;
    }
    return this;
  }

  boolean isScored() {
    return scored;
  }

  /** The range whose bounds are the arguments at {@code at} and behind; the greater first where it is one of values backwards. */
  MemberRange range(Call call, int at) {
    boolean reversed = backwards != null && backwards;
    boolean greaterFirst = reversed && by != By.RANK;
    Slice least = call.slice(greaterFirst ? at + 1 : at);
    Slice most = call.slice(greaterFirst ? at : at + 1);
    MemberRange range = switch (by) {
      case SCORE -> scores(least, most);
      case LEX -> members(least, most);
      default -> MemberRange.ranks(call.integer(at), call.integer(at + 1));
    };
    if (by != By.RANK) {
      range.limit(offset, limit);
    }
    return reversed ? range.reversed() : range;
  }

  static MemberRange scores(Slice least, Slice most) {
    boolean leastExcluded = isExcluded(least);
    double from = score(least, leastExcluded);
    boolean mostExcluded = isExcluded(most);
    return MemberRange.scores(from, leastExcluded, score(most, mostExcluded), mostExcluded);
  }

  private static boolean isExcluded(Slice bound) {
    return bound.length() > 0 && bound.at(0) == '(';
  }

  private static double score(Slice bound, boolean excluded) {
    double score = Numbers.looseDouble(bound, excluded ? 1 : 0);
    if (score != score) {
      throw Refusal.NOT_A_SCORE_RANGE;
    }
    return score;
  }

  static MemberRange members(Slice least, Slice most) {
    char first = kind(least);
    char second = kind(most);
    if (first == '+' || second == '-') { // above all, or below all
      return MemberRange.nothing();
    }
    return MemberRange.members(first == '-' ? null : member(least), first == '(', second == '+' ? null : member(most), second == '(');
  }

  /** The bound's first character, which says what it is. */
  private static char kind(Slice bound) {
    char kind = bound.length() == 0 ? 0 : (char) bound.at(0);
    boolean isEnd = (kind == '-' || kind == '+') && (bound.length() == 1 || bound.at(1) == 0); // as far as C sees it
    if (!isEnd && kind != '(' && kind != '[') {
      throw Refusal.NOT_A_MEMBER_RANGE;
    }
    return kind;
  }

  private static Slice member(Slice bound) {
    return new Slice().wrap(bound.array(), bound.offset() + 1, bound.length() - 1);
  }
}
