package io.qcache;

/** When a member of a sorted set is given a score; an immutable value. */
public final class ScoreOptions {
  /** Which members are meant. */
  public enum Presence {
    ANY, IF_ABSENT, IF_PRESENT
  }

  /** Which scores are, of members that are there. */
  public enum Comparison {
    ANY, IF_GREATER, IF_LESS
  }

  private static final ScoreOptions ALWAYS = new ScoreOptions(Presence.ANY, Comparison.ANY);

  private final Presence presence;
  private final Comparison comparison;

  private ScoreOptions(Presence presence, Comparison comparison) {
    if (presence == Presence.IF_ABSENT && comparison != Comparison.ANY) {
      throw new IllegalArgumentException("a member that is absent has no score to compare with");
    }
    this.presence = presence;
    this.comparison = comparison;
  }

  public static ScoreOptions always() {
    return ALWAYS;
  }

  /** Only where the member is not there. */
  public static ScoreOptions ifAbsent() {
    return new ScoreOptions(Presence.IF_ABSENT, Comparison.ANY);
  }

  /** Only where the member is there. */
  public static ScoreOptions ifPresent() {
    return new ScoreOptions(Presence.IF_PRESENT, Comparison.ANY);
  }

  /** Only where the score would be greater than the one that is there. */
  public ScoreOptions ifGreater() {
    return new ScoreOptions(presence, Comparison.IF_GREATER);
  }

  /** Only where the score would be less than the one that is there. */
  public ScoreOptions ifLess() {
    return new ScoreOptions(presence, Comparison.IF_LESS);
  }

  public Presence presence() {
    return presence;
  }

  public Comparison comparison() {
    return comparison;
  }
}
