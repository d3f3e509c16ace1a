package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When a value is set and how long it lives; an immutable value, built by naming what differs from "always, for ever":
 * {@code SetOptions.ifAbsent().expireIn(Duration.ofMinutes(5))}.
 */
public final class SetOptions {
  /** When the value is set. */
  public enum Condition {
    ALWAYS, IF_ABSENT, IF_PRESENT
  }

  /** What becomes of the deadline. */
  public enum Expiry {
    NONE, IN, AT, KEEP
  }

  private static final SetOptions ALWAYS = new SetOptions(Condition.ALWAYS, Expiry.NONE, 0);

  private final Condition condition;
  private final Expiry expiry;
  private final long millis;

  private SetOptions(Condition condition, Expiry expiry, long millis) {
    this.condition = condition;
    this.expiry = expiry;
    this.millis = millis;
  }

  /** Set in any case, without a deadline. */
  public static SetOptions always() {
    return ALWAYS;
  }

  /** Only if the key is missing. */
  public static SetOptions ifAbsent() {
    return new SetOptions(Condition.IF_ABSENT, Expiry.NONE, 0);
  }

  /** Only if the key is there. */
  public static SetOptions ifPresent() {
    return new SetOptions(Condition.IF_PRESENT, Expiry.NONE, 0);
  }

  /** To go after {@code timeToLive}, which must be positive; part of a millisecond counts as a whole one. */
  public SetOptions expireIn(Duration timeToLive) {
    return new SetOptions(condition, Expiry.IN, Millis.positive("expireIn", timeToLive));
  }

  /** To go at {@code deadline}. */
  public SetOptions expireAt(Instant deadline) {
    return new SetOptions(condition, Expiry.AT, Millis.of(deadline));
  }

  /** Leaves the deadline that the key has. */
  public SetOptions keepTtl() {
    return new SetOptions(condition, Expiry.KEEP, 0);
  }

  public Condition condition() {
    return condition;
  }

  public Expiry expiry() {
    return expiry;
  }

  /** Milliseconds: from now ({@link Expiry#IN}), since 1970 ({@link Expiry#AT}), otherwise 0. */
  public long expiryMillis() {
    return millis;
  }

  @Override public boolean equals(Object other) {
    return other instanceof SetOptions that
        && condition == that.condition && expiry == that.expiry && millis == that.millis;
  }

  @Override public int hashCode() {
    return Objects.hash(condition, expiry, millis);
  }

  @Override public String toString() {
    return "SetOptions[" + condition + ", " + expiry + (expiry == Expiry.IN || expiry == Expiry.AT ? " " + millis : "") + "]";
  }
}
