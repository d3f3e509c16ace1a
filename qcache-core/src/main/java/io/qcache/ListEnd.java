package io.qcache;

/** One of the two ends of a list. */
public enum ListEnd {
  /** Where the element with index 0 is: Redis's LEFT, the head. */
  FIRST,
  /** Where the element with index -1 is: Redis's RIGHT, the tail. */
  LAST;

  /** The other one. */
  public ListEnd opposite() {
    return this == FIRST ? LAST : FIRST;
  }
}
