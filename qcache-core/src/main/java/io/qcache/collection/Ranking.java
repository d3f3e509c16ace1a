package io.qcache.collection;

import io.qcache.engine.MemberVisitor;
import io.qcache.engine.Slice;

/**
 * The members of a sorted set in their order, by score and then by bytes, to be read whatever its form.  A position counts the
 * members before it.  For as long as nobody changes the set: under its stripe's lock.
 */
public interface Ranking {
  long size();

  /** The score of the member, NaN where it is none. */
  double score(Slice member);

  /** The position of the member, -1 where it is none. */
  long rank(Slice member);

  /** How many members have a score below that one, or one that is not above it where {@code orEqual}. */
  long below(double score, boolean orEqual);

  /**
   * The first position, going forward from {@code from}, whose member is not below that one by its bytes, or is above it where
   * {@code orEqual} members are passed too; the size where there is none.  As if all had one score.
   */
  long after(long from, Slice member, boolean orEqual);

  /** The same backwards: the position behind the last member before {@code to} that is below, or equal where {@code orEqual}. */
  long before(long to, Slice member, boolean orEqual);

  /** Visits the members from position {@code from} to before {@code to}, the last one first where {@code backwards}. */
  void visit(long from, long to, boolean backwards, MemberVisitor visitor);
}
