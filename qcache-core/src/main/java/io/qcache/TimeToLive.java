package io.qcache;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a key still lives.
 *
 * @param state whether it is missing, lives without end, or has {@code left} left
 * @param left  what is left, zero unless {@code state} is {@link State#LEFT}
 */
public record TimeToLive(State state, Duration left) {
  /** The three answers. */
  public enum State {
    MISSING, NONE, LEFT
  }

  private static final TimeToLive MISSING = new TimeToLive(State.MISSING, Duration.ZERO);
  private static final TimeToLive NONE = new TimeToLive(State.NONE, Duration.ZERO);

  /** The key is not there. */
  public static TimeToLive missing() {
    return MISSING;
  }

  /** The key is there and goes never. */
  public static TimeToLive none() {
    return NONE;
  }

  /** The key is there and goes after that. */
  public static TimeToLive left(Duration left) {
    return new TimeToLive(State.LEFT, left);
  }

  /** What PTTL answers: -2 missing, -1 none, otherwise the milliseconds left. */
  public static TimeToLive ofMillis(long millis) {
    return millis == -2 ? MISSING : millis == -1 ? NONE : left(Duration.ofMillis(millis));
  }

  public boolean isMissing() {
    return state == State.MISSING;
  }

  /** What is left, or empty where the key is missing or goes never. */
  public Optional<Duration> asDuration() {
    return state == State.LEFT ? Optional.of(left) : Optional.empty();
  }
}
