package io.qcache;

/** Which of the equal elements of a list are wanted; an immutable value. */
public final class FindOptions {
  private static final FindOptions ALL = new FindOptions(ListEnd.FIRST, 0, Long.MAX_VALUE, Long.MAX_VALUE);

  private final ListEnd from;
  private final long skipped;
  private final long limit;
  private final long within;

  private FindOptions(ListEnd from, long skipped, long limit, long within) {
    this.from = from;
    this.skipped = skipped;
    this.limit = limit;
    this.within = within;
  }

  /** All of them, from the first on. */
  public static FindOptions all() {
    return ALL;
  }

  /** In the order in which they are met from that end on. */
  public FindOptions from(ListEnd end) {
    return new FindOptions(end, skipped, limit, within);
  }

  /** Without so many of those met first. */
  public FindOptions skip(long count) {
    return new FindOptions(from, notNegative("skip", count), limit, within);
  }

  /** At most so many of them. */
  public FindOptions limit(long most) {
    return new FindOptions(from, skipped, positive("limit", most), within);
  }

  /** Only among so many elements, those nearest to the end that is begun at. */
  public FindOptions within(long elements) {
    return new FindOptions(from, skipped, limit, positive("within", elements));
  }

  private static long notNegative(String name, long value) {
    if (value < 0 || value == Long.MAX_VALUE) {
      throw new OutOfRangeException(name + " must be >= 0 and below 2^63 - 1: was " + value);
    }
    return value;
  }

  private static long positive(String name, long value) {
    if (value <= 0) {
      throw new OutOfRangeException(name + " must be > 0: was " + value);
    }
    return value;
  }

  public ListEnd from() {
    return from;
  }

  public long skipped() {
    return skipped;
  }

  /** {@link Long#MAX_VALUE} where there is none. */
  public long limit() {
    return limit;
  }

  /** {@link Long#MAX_VALUE} where there is none. */
  public long within() {
    return within;
  }

  @Override public String toString() {
    return "from " + from + ", skip " + skipped + ", limit " + limit + ", within " + within;
  }
}
