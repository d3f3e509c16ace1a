package io.qcache.collection;

import io.qcache.engine.MemberVisitor;
import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;
import io.qcache.keyspace.KeyedHash;
import io.qcache.keyspace.LargeValue;
import java.util.Arrays;

/**
 * A large sorted set: its members in their order, and each member's score.
 * <pre>
 *   order   a {@link ChunkTree} of   scored members         by score, then by the member's bytes
 *   scores  an {@link ElementTable}  member ─► score 8
 * </pre>
 * A score is found at the cost of a look-up, a position in O(log n).  Whoever reads without a lock pins the order, which has
 * everything; the table is only read under the lock.
 *
 * <p>Where the second half of a change fails for want of memory, the first is taken back.
 */
public final class LargeSortedSet implements Ranking, LargeValue {
  private static final int OVERHEAD = 40; // its fields

  private final ChunkTree order;
  private final ElementTable scores;
  private boolean compact; // Redis would still use its compact encoding

  public LargeSortedSet(KeyedHash hash) {
    this(ChunkTree.ordered(true), new ElementTable(hash, true));
  }

  private LargeSortedSet(ChunkTree order, ElementTable scores) {
    this.order = order;
    this.scores = scores;
  }

  /** One with the members of a packed set. */
  public static LargeSortedSet of(PackedSortedSet packed, KeyedHash hash) {
    LargeSortedSet set = new LargeSortedSet(hash);
    set.compact = packed.encoding() == 0;
    Slice member = new Slice();
    packed.visit(0, packed.size(), false, (array, from, length, score) -> set.add(member.wrap(array, from, length), score));
    return set;
  }

  /** Whether Redis would still use its compact encoding. */
  public boolean isCompact() {
    return compact;
  }

  public void compact(boolean stillIs) {
    compact = stillIs;
  }

  // Reading

  @Override public long size() {
    return order.size();
  }

  @Override public long bytes() {
    return OVERHEAD + order.bytes() + scores.bytes();
  }

  @Override public double score(Slice member) {
    Slice value = new Slice();
    return scores.get(member, value) ? Score.get(value.array(), value.offset()) : Double.NaN;
  }

  @Override public long rank(Slice member) {
    double score = score(member);
    return score == score ? order.search(score, member) : -1;
  }

  @Override public long below(double score, boolean orEqual) {
    return !orEqual ? order.search(score, null) : score == Double.POSITIVE_INFINITY ? order.size() : order.search(Math.nextUp(score), null);
  }

  @Override public long after(long from, Slice member, boolean orEqual) {
    return Math.max(from, order.search(lex(member, orEqual)));
  }

  @Override public long before(long to, Slice member, boolean orEqual) {
    return Math.min(to, order.search(lex(member, orEqual)));
  }

  private static ChunkTree.Probe lex(Slice member, boolean orEqual) {
    return (array, from, length) -> {
      int compared = Arrays.compareUnsigned(array, from, from + length, member.array(), member.offset(), member.offset() + member.length());
      return compared < 0 || (compared == 0 && orEqual) ? -1 : 1;
    };
  }

  @Override public void visit(long from, long to, boolean backwards, MemberVisitor visitor) {
    Walk walk = order.walk(backwards ? to : from);
    Slice element = new Slice();
    for (long left = to - from; left > 0; left--) {
      visit(walk, backwards, element, visitor);
    }
  }

  /** Visits the next member of a walk over the order, and steps over it. */
  static void visit(Walk walk, boolean backwards, Slice element, MemberVisitor visitor) {
    if (!(backwards ? walk.previous(element) : walk.next(element))) {
      throw new IllegalStateException("no member is left");
    }
    visitor.member(element.array(), element.offset(), element.length(), walk.score());
  }

  /** The members as they are now, for reading without a lock until it is closed.  Under the read lock or better. */
  public RankingPin pin() {
    return new RankingPin(order.pin());
  }

  /** {@link ElementTable#scan} over the members. */
  public long scan(long cursor, long count, MemberVisitor visitor) {
    return scores.scan(cursor, count, (member, score) ->
        visitor.member(member.array(), member.offset(), member.length(), Score.get(score.array(), score.offset())));
  }

  /** Each member's score, as {@link Score} writes it: read only. */
  ElementTable scores() {
    return scores;
  }

  // Changing

  /** Gives a member its score, one that is there another one perhaps; {@code old} is the score it has, NaN where it is new. */
  void put(Slice member, double score, double old) {
    if (old != old) {
      add(member, score);
    } else {
      order.move(old, score, member);
      scores.put(member, value(score), 0, Score.BYTES); // in place, since it has the same length
    }
  }

  private void add(Slice member, double score) {
    order.insert(score, member);
    try {
      scores.put(member, value(score), 0, Score.BYTES);
    } catch (Throwable failed) {
      order.remove(score, member);
      throw failed;
    }
  }

  private static byte[] value(double score) {
    byte[] value = new byte[Score.BYTES];
    Score.put(score, value, 0);
    return value;
  }

  /** Takes a member out, and says whether it was one. */
  public boolean remove(Slice member) {
    long at = rank(member);
    if (at < 0) {
      return false;
    }
    remove(at, at + 1);
    return true;
  }

  /** Takes the members from position {@code from} to before {@code to} out. */
  public void remove(long from, long to) {
    if (to - from == order.size()) {
      scores.clear();
      order.clear();
      return;
    }
    Slice member = new Slice();
    long before = scores.size();
    try {
      visit(from, to, false, (array, at, length, score) -> scores.remove(member.wrap(array, at, length)));
      if (to - from == 1) {
        order.remove(from);
      } else {
        order.removeRange(from, to);
      }
    } catch (Throwable failed) {
      visit(from, from + before - scores.size(), false, (array, at, length, score) ->
          scores.put(member.wrap(array, at, length), value(score), 0, Score.BYTES));
      throw failed;
    }
  }

  // As a value behind a handle

  @Override public LargeSortedSet copied() {
    LargeSortedSet copy = new LargeSortedSet(order.copied(), scores.copied());
    copy.compact = compact;
    return copy;
  }

  @Override public Frozen frozen() {
    RankingPin pin = pin();
    return new Frozen() {
      @Override public void give(SnapshotSink sink) {
        sink.elements(2 * pin.size());
        pin.walk(0, false).visit(pin.size(), Score.asValues(sink));
      }

      @Override public void close() {
        pin.close();
      }
    };
  }

  /** Walks everything: the two halves agree, and the order is right.  For tests. */
  public void check() {
    order.check();
    scores.check();
    ChunkTree.require(order.size() == scores.size(), "members of the table", scores.size());
    Slice member = new Slice();
    long[] rank = new long[1];
    visit(0, size(), false, (array, from, length, score) -> {
      member.wrap(array, from, length);
      ChunkTree.require(Double.compare(score(member), score) == 0, "a score of the table's", rank[0]);
      ChunkTree.require(rank(member) == rank[0], "the rank of a member", rank[0]);
      rank[0]++;
    });
  }
}
