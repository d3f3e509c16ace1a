package io.qcache;

import java.util.Objects;
import java.util.Optional;

/** What a scan looks for and how much it does at a time; an immutable value. */
public final class ScanOptions {
  private static final ScanOptions ALL = new ScanOptions(null, 10, null);

  private final String glob; // null is every key
  private final int count;
  private final ValueType type; // null is every type

  private ScanOptions(String glob, int count, ValueType type) {
    this.glob = glob;
    this.count = count;
    this.type = type;
  }

  /** Every key, about ten at a time. */
  public static ScanOptions all() {
    return ALL;
  }

  /**
   * Only keys whose bytes match the pattern: {@code *} any run, {@code ?} any byte, {@code [a-z]} one of a class,
   * {@code [^a]} one not of it, {@code \} takes the next byte as it is.  The pattern is taken as UTF-8.
   */
  public ScanOptions matching(String pattern) {
    return new ScanOptions(Objects.requireNonNull(pattern), count, type);
  }

  /** About how many keys are looked at a page. */
  public ScanOptions count(int keysPerPage) {
    if (keysPerPage < 1) {
      throw new IllegalArgumentException("count must be > 0: was " + keysPerPage);
    }
    return new ScanOptions(glob, keysPerPage, type);
  }

  /** Only keys that hold this type. */
  public ScanOptions type(ValueType only) {
    return new ScanOptions(glob, count, only);
  }

  /** The pattern, or empty for every key. */
  public Optional<String> glob() {
    return Optional.ofNullable(glob);
  }

  public int count() {
    return count;
  }

  /** The type, or empty for every type. */
  public Optional<ValueType> type() {
    return Optional.ofNullable(type);
  }
}
