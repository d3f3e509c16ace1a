package io.qcache;

/** The type of a value. */
public enum ValueType {
  STRING("string"),
  LIST("list"),
  HASH("hash"),
  SET("set"),
  SORTED_SET("zset");

  private final String wireName;

  ValueType(String wireName) {
    this.wireName = wireName;
  }

  /** What TYPE answers for it, such as {@code string}. */
  public String wireName() {
    return wireName;
  }
}
