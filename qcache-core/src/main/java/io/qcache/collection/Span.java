package io.qcache.collection;

/** The elements from {@code first} to before {@code end} of a list. */
public record Span(long first, long end) {
  /**
   * What two inclusive indices say of a list of that size: negative ones count from the end, and what lies outside is left
   * away; perhaps nothing.
   */
  public static Span of(long first, long last, long size) {
    long from = Math.max(0, first < 0 ? size + first : first);
    long to = Math.min(size - 1, last < 0 ? size + last : last);
    return from > to ? new Span(0, 0) : new Span(from, to + 1);
  }

  public long count() {
    return end - first;
  }
}
