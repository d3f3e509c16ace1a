package io.qcache.engine;

import io.qcache.collection.Ranking;
import java.util.Arrays;

/**
 * Which members of a sorted set are meant: a range of positions, of scores or of the members themselves, from either end, perhaps
 * a limited part of it.  For one thread; it keeps the slices that it is given.
 */
public final class MemberRange {
  /** By what a range is bounded. */
  private enum By {
    RANK, SCORE, LEX
  }

  /** A limit that is none. */
  public static final long ALL = -1;

  private final By by;
  private boolean backwards;
  private long offset;
  private long limit = ALL;
  private long first;
  private long last;
  private double least;
  private double most;
  private Slice leastMember; // null where LEX has no bound at that end
  private Slice mostMember;
  private boolean nothing; // a bound that nothing reaches
  private boolean leastExcluded;
  private boolean mostExcluded;
  private long from;
  private long to;

  private MemberRange(By by) {
    this.by = by;
  }

  /** Positions, both inclusive; negative ones count from the end, which is the first member where the range is {@link #reversed}. */
  public static MemberRange ranks(long first, long last) {
    MemberRange range = new MemberRange(By.RANK);
    range.first = first;
    range.last = last;
    return range;
  }

  /** Scores. */
  public static MemberRange scores(double least, boolean leastExcluded, double most, boolean mostExcluded) {
    MemberRange range = new MemberRange(By.SCORE);
    range.least = least;
    range.most = most;
    range.leastExcluded = leastExcluded;
    range.mostExcluded = mostExcluded;
    return range;
  }

  /** Members by their bytes, where all have one score; null for no bound. */
  public static MemberRange members(Slice least, boolean leastExcluded, Slice most, boolean mostExcluded) {
    MemberRange range = new MemberRange(By.LEX);
    range.leastMember = least;
    range.mostMember = most;
    range.leastExcluded = leastExcluded;
    range.mostExcluded = mostExcluded;
    return range;
  }

  /** A range of members in which there is none. */
  public static MemberRange nothing() {
    MemberRange range = new MemberRange(By.LEX);
    range.nothing = true;
    return range;
  }

  /** Goes from the greatest member to the least. */
  public MemberRange reversed() {
    backwards = true;
    return this;
  }

  /** Leaves the first {@code skipped} members of it away, all for a negative number, and then gives at most {@code count}. */
  public MemberRange limit(long skipped, long count) {
    offset = skipped;
    limit = count;
    return this;
  }

  boolean isBackwards() {
    return backwards;
  }

  boolean isByRank() {
    return by == By.RANK;
  }

  /** What it is called when its members are removed. */
  Event removed() {
    return switch (by) {
      case RANK -> Event.ZREMRANGEBYRANK;
      case SCORE -> Event.ZREMRANGEBYSCORE;
      case LEX -> Event.ZREMRANGEBYLEX;
    };
  }

  /** Finds where it lies in the set: {@link #from}, {@link #to}. */
  MemberRange in(Ranking set) {
    switch (by) {
      case RANK -> findRanks(set.size());
      case SCORE -> findScores(set);
      case LEX -> findMembers(set);
      default -> throw new AssertionError(by);
    }
    if (from >= to) {
      from = 0;
      to = 0;
    } else if (offset != 0 || limit >= 0) {
      findPart();
    }
    return this;
  }

  private void findRanks(long size) {
    long start = Math.max(0, first < 0 ? first + size : first);
    long end = Math.min(size - 1, last < 0 ? last + size : last);
    from = backwards ? size - 1 - end : start;
    to = backwards ? size - start : end + 1;
  }

  private void findScores(Ranking set) {
    from = 0;
    to = 0;
    if (least < most || (least == most && !leastExcluded && !mostExcluded)) {
      from = set.below(least, leastExcluded);
      to = set.below(most, !mostExcluded);
    }
  }

  /** From the end that the range begins at, as Redis goes, which tells where members of several scores are asked for. */
  private void findMembers(Ranking set) {
    from = 0;
    to = 0;
    if (nothing || isEmptyOrder() || isOutside(set)) {
      return;
    }
    if (backwards) {
      to = mostMember == null ? set.size() : set.before(set.size(), mostMember, !mostExcluded);
      from = leastMember == null ? 0 : set.before(to, leastMember, leastExcluded);
    } else {
      from = leastMember == null ? 0 : set.after(0, leastMember, leastExcluded);
      to = mostMember == null ? set.size() : set.after(from, mostMember, !mostExcluded);
    }
  }

  private boolean isEmptyOrder() {
    if (leastMember == null || mostMember == null) {
      return false;
    }
    int compared = Arrays.compareUnsigned(
        leastMember.array(), leastMember.offset(), leastMember.offset() + leastMember.length(),
        mostMember.array(), mostMember.offset(), mostMember.offset() + mostMember.length());
    return compared > 0 || (compared == 0 && (leastExcluded || mostExcluded));
  }

  /** Whether the last member is below it, or the first above. */
  private boolean isOutside(Ranking set) {
    return (leastMember != null && set.before(set.size(), leastMember, leastExcluded) == set.size())
        || (mostMember != null && set.after(0, mostMember, !mostExcluded) == 0);
  }

  private void findPart() {
    long count = to - from;
    long skipped = offset < 0 || offset > count ? count : offset;
    long given = limit < 0 ? count - skipped : Math.min(limit, count - skipped);
    if (backwards) {
      to -= skipped;
      from = to - given;
    } else {
      from += skipped;
      to = from + given;
    }
  }

  /** The position of its least member, as found. */
  long from() {
    return from;
  }

  /** The position behind its greatest member, as found. */
  long to() {
    return to;
  }

  long count() {
    return to - from;
  }
}
