package io.qcache;

import java.util.Locale;

/** The type of a value. */
public enum ValueType {
  STRING;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** What TYPE answers for it, such as {@code string}. */
  public String wireName() {
    return wireName;
  }
}
