package io.qcache.collection;

import io.qcache.engine.MemberVisitor;
import io.qcache.engine.Slice;

/**
 * The members of a {@link LargeSortedSet} as they were when this was taken.  For one thread at a time, without any lock; to be
 * given back on every way out, since until then writers copy what they change.
 */
public final class RankingPin implements AutoCloseable {
  private final TreePin order;

  RankingPin(TreePin order) {
    this.order = order;
  }

  public long size() {
    return order.size();
  }

  /** Visits the member at that position. */
  public void visit(long at, MemberVisitor visitor) {
    walk(at, false).visit(1, visitor);
  }

  /** A walk that begins at that position: with the member behind it, or the one before it and then {@code backwards}. */
  public Steps walk(long from, boolean backwards) {
    return new Steps(order.walk(from), backwards);
  }

  /** A walk over members, some at a time. */
  public static final class Steps {
    private final Walk walk;
    private final boolean backwards;
    private final Slice element = new Slice();

    private Steps(Walk walk, boolean backwards) {
      this.walk = walk;
      this.backwards = backwards;
    }

    /** Visits the next so many members, which there must be. */
    public void visit(long count, MemberVisitor visitor) {
      for (long i = 0; i < count; i++) {
        LargeSortedSet.visit(walk, backwards, element, visitor);
      }
    }
  }

  @Override public void close() {
    order.close();
  }
}
