package io.qcache;

import java.util.Objects;
import java.util.Optional;

/**
 * Which members of a sorted set are meant: by their positions, by their scores, or by themselves where all have one score.  Both
 * bounds are inclusive unless excluded.  An immutable value.
 */
public final class SortedRange<V> {
  /** By what a range is bounded. */
  public enum By {
    RANK, SCORE, MEMBER
  }

  private final By by;
  private final long firstRank;
  private final long lastRank;
  private final double leastScore;
  private final double mostScore;
  private final V least; // null for no bound
  private final V most;
  private final boolean leastExcluded;
  private final boolean mostExcluded;
  private final boolean reversed;
  private final long skipped;
  private final long limit; // -1 for none

  private SortedRange(By by, long firstRank, long lastRank, double leastScore, double mostScore, V least, V most,
      boolean leastExcluded, boolean mostExcluded, boolean reversed, long skipped, long limit) {
    this.by = by;
    this.firstRank = firstRank;
    this.lastRank = lastRank;
    this.leastScore = leastScore;
    this.mostScore = mostScore;
    this.least = least;
    this.most = most;
    this.leastExcluded = leastExcluded;
    this.mostExcluded = mostExcluded;
    this.reversed = reversed;
    this.skipped = skipped;
    this.limit = limit;
  }

  private SortedRange<V> with(boolean leastOut, boolean mostOut, boolean backwards, long skip, long count) {
    return new SortedRange<>(by, firstRank, lastRank, leastScore, mostScore, least, most, leastOut, mostOut, backwards, skip, count);
  }

  private static <V> SortedRange<V> members(V least, V most) {
    return new SortedRange<>(By.MEMBER, 0, 0, 0, 0, least, most, false, false, false, 0, -1);
  }

  /** All members. */
  public static <V> SortedRange<V> all() {
    return ranks(0, -1);
  }

  /** Positions from 0; negative ones count from the end, -1 being the last member. */
  public static <V> SortedRange<V> ranks(long first, long last) {
    return new SortedRange<>(By.RANK, first, last, 0, 0, null, null, false, false, false, 0, -1);
  }

  /**
   * Scores; the infinities are those of {@link Double}.
   *
   * @throws IllegalArgumentException where one is a NaN
   */
  public static <V> SortedRange<V> scores(double least, double most) {
    if (Double.isNaN(least) || Double.isNaN(most)) {
      throw new IllegalArgumentException("bounds must be numbers: were " + least + " and " + most);
    }
    return new SortedRange<>(By.SCORE, 0, 0, least, most, null, null, false, false, false, 0, -1);
  }

  /** Members of one score, in the order of their bytes. */
  public static <V> SortedRange<V> between(V least, V most) {
    return members(Objects.requireNonNull(least, "least"), Objects.requireNonNull(most, "most"));
  }

  /** Members of one score from that one on. */
  public static <V> SortedRange<V> from(V least) {
    return members(Objects.requireNonNull(least, "least"), null);
  }

  /** Members of one score up to that one. */
  public static <V> SortedRange<V> upTo(V most) {
    return members(null, Objects.requireNonNull(most, "most"));
  }

  /** Without the least score or member that it names. */
  public SortedRange<V> excludingLeast() {
    requireValues();
    return with(true, mostExcluded, reversed, skipped, limit);
  }

  /** Without the greatest score or member that it names. */
  public SortedRange<V> excludingMost() {
    requireValues();
    return with(leastExcluded, true, reversed, skipped, limit);
  }

  /** From the greatest to the least; positions then count from the greatest. */
  public SortedRange<V> reversed() {
    return with(leastExcluded, mostExcluded, !reversed, skipped, limit);
  }

  /**
   * Without the first {@code skip} members of it, and no more than {@code count}.
   *
   * @throws IllegalArgumentException for a negative number, or where it is one of positions
   */
  public SortedRange<V> limit(long skip, long count) {
    requireValues();
    if (skip < 0 || count < 0) {
      throw new IllegalArgumentException("skip and count must be >= 0: were " + skip + " and " + count);
    }
    return with(leastExcluded, mostExcluded, reversed, skip, count);
  }

  private void requireValues() {
    if (by == By.RANK) {
      throw new IllegalArgumentException("positions are what they are: choose others");
    }
  }

  public By by() {
    return by;
  }

  public long firstRank() {
    return firstRank;
  }

  public long lastRank() {
    return lastRank;
  }

  public double leastScore() {
    return leastScore;
  }

  public double mostScore() {
    return mostScore;
  }

  /** The least member, or empty for no bound. */
  public Optional<V> least() {
    return Optional.ofNullable(least);
  }

  /** The greatest member, or empty for no bound. */
  public Optional<V> most() {
    return Optional.ofNullable(most);
  }

  public boolean isLeastExcluded() {
    return leastExcluded;
  }

  public boolean isMostExcluded() {
    return mostExcluded;
  }

  public boolean isReversed() {
    return reversed;
  }

  public long skipped() {
    return skipped;
  }

  /** How many members at most, -1 for all. */
  public long limit() {
    return limit;
  }
}
