package io.qcache.engine;

import java.util.ArrayList;
import java.util.List;

/** What SORT is told beside its key.  Keeps the slices that it is given.  For one thread. */
public final class SortOptions {
  /** No limit. */
  public static final long ALL = -1;

  private Slice by;
  private final List<Slice> get = new ArrayList<>();
  private boolean descending;
  private boolean alphabetical;
  private long offset;
  private long limit = ALL;

  /** Goes by the values of the keys that the pattern gives; one without a star says not to sort. */
  public void by(Slice pattern) {
    by = pattern;
  }

  /** Gives, in place of an element, what the pattern leads to; may be told again and again. */
  public void get(Slice pattern) {
    get.add(pattern);
  }

  public void descending(boolean is) {
    descending = is;
  }

  /** Compares bytes, and not numbers. */
  public void alphabetical() {
    alphabetical = true;
  }

  /** Only so many elements from {@code first} on; a negative {@code count} is no limit. */
  public void limit(long first, long count) {
    offset = first;
    limit = count;
  }

  /** Null where it goes by the elements themselves. */
  Slice by() {
    return by;
  }

  /** Whether it is told not to sort. */
  boolean isUnsorted() {
    return by != null && SortPattern.star(by) < 0;
  }

  List<Slice> patterns() {
    return get;
  }

  boolean isDescending() {
    return descending;
  }

  boolean isAlphabetical() {
    return alphabetical;
  }

  /** The first element that is given, of {@code size}. */
  int first(int size) {
    return (int) Math.min(Math.max(offset, 0), size);
  }

  /** The one behind the last. */
  int end(int size) {
    long count = limit < 0 ? size : Math.min(limit, size);
    return (int) Math.min(size, first(size) + count);
  }

  /** Whether it reads keys that the elements lead to. */
  boolean readsOtherKeys() {
    boolean reads = by != null && !isUnsorted();
    for (Slice pattern : get) {
      reads |= SortPattern.star(pattern) >= 0;
    }
    return reads;
  }
}
