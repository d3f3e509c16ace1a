package io.qcache.collection;

import io.qcache.engine.MemberVisitor;
import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;
import java.util.Arrays;

/**
 * A small sorted set, packed: members and their scores in turn, in the order of the set.  {@link Packed} and {@link Score} draw
 * the layout.
 *
 * <p>Either a flyweight to {@link #wrap} what lies in a page, for reading under its lock; or the thread's {@link #draft}, an array
 * of its own in which a set is built or changed before it is put into its record.  Everything costs a walk over the members.
 */
public final class PackedSortedSet implements Ranking {
  private static final ThreadLocal<PackedSortedSet> DRAFT = ThreadLocal.withInitial(PackedSortedSet::new);
  private static final int KEPT_BYTES = 1 << 17; // a longer array is let go of

  private byte[] array = {};
  private int start;
  private int end;
  private int size; // members
  // of the last find
  private int found;      // where the member's element begins
  private int foundScore; // where its score's does
  private int foundEnd;
  private final Slice seen = new Slice(); // the one that is visited or compared

  /** Points it at a packed set. */
  public PackedSortedSet wrap(Slice value) {
    array = value.array();
    start = value.offset();
    end = start + value.length();
    size = Packed.count(array, start) >>> 1;
    return this;
  }

  @Override public long size() {
    return size;
  }

  /** The type's own byte: 0 while Redis would use its compact encoding. */
  public int encoding() {
    return array[start];
  }

  private int first() {
    return start + Packed.HEADER_BYTES;
  }

  /** Whether it is there; {@link #found} and the like say where then. */
  private boolean find(Slice wanted) {
    int at = Packed.find(array, first(), end, 2, wanted);
    if (at < 0) {
      return false;
    }
    found = at;
    foundScore = Packed.skip(array, at);
    foundEnd = foundScore + 1 + array[foundScore];
    return true;
  }

  private double score(int at) {
    return Score.unpack(array, at + 1, array[at]);
  }

  @Override public double score(Slice member) {
    return find(member) ? score(foundScore) : Double.NaN;
  }

  @Override public long rank(Slice member) {
    if (!find(member)) {
      return -1;
    }
    long rank = 0;
    for (int at = first(); at < found; at = Packed.skip(array, at, 2)) {
      rank++;
    }
    return rank;
  }

  @Override public long below(double bound, boolean orEqual) {
    long count = 0;
    for (int at = first(); at < end; count++) {
      int behind = Packed.skip(array, at);
      double score = score(behind);
      if (orEqual ? score > bound : score >= bound) {
        break;
      }
      at = behind + 1 + array[behind];
    }
    return count;
  }

  @Override public long after(long from, Slice member, boolean orEqual) {
    long position = from;
    for (int at = place(from); at < end && isBelow(at, member, orEqual); at = Packed.skip(array, at, 2)) {
      position++;
    }
    return position;
  }

  @Override public long before(long to, Slice member, boolean orEqual) {
    long behind = 0;
    long position = 0;
    for (int at = first(); position < to; at = Packed.skip(array, at, 2)) {
      position++;
      behind = isBelow(at, member, orEqual) ? position : behind;
    }
    return behind;
  }

  private boolean isBelow(int at, Slice member, boolean orEqual) {
    int compared = compare(at, member);
    return orEqual ? compared <= 0 : compared < 0;
  }

  private int compare(int at, Slice other) {
    Packed.element(array, at, seen);
    return Arrays.compareUnsigned(seen.array(), seen.offset(), seen.offset() + seen.length(),
        other.array(), other.offset(), other.offset() + other.length());
  }

  /** Where the member of that position begins. */
  private int place(long position) {
    return Packed.skip(array, first(), (int) position * 2);
  }

  @Override public void visit(long from, long to, boolean backwards, MemberVisitor visitor) {
    int at = place(from);
    if (!backwards) {
      for (long i = from; i < to; i++) {
        at = visit(at, visitor);
      }
      return;
    }
    int[] places = new int[(int) (to - from)];
    for (int i = 0; i < places.length; i++) {
      places[i] = at;
      at = Packed.skip(array, at, 2);
    }
    for (int i = places.length - 1; i >= 0; i--) {
      visit(places[i], visitor);
    }
  }

  private int visit(int at, MemberVisitor visitor) {
    int score = Packed.element(array, at, seen);
    visitor.member(seen.array(), seen.offset(), seen.length(), score(score));
    return score + 1 + array[score];
  }

  /** Gives all of it to a snapshot, its scores not packed any more. */
  public void give(SnapshotSink sink) {
    sink.elements(2L * size);
    visit(0, size, false, Score.asValues(sink));
  }

  /** A copy of its own. */
  public PackedSortedSet copied() {
    return new PackedSortedSet().wrap(new Slice().wrap(Arrays.copyOfRange(array, start, end)));
  }

  // Drafts

  /** The thread's own, empty; good until the thread asks for it again. */
  public static PackedSortedSet draft() {
    PackedSortedSet draft = DRAFT.get();
    if (draft.array.length == 0 || draft.array.length > KEPT_BYTES) {
      draft.array = new byte[512];
    }
    draft.start = 0;
    draft.end = Packed.HEADER_BYTES;
    draft.size = 0;
    draft.array[0] = 0;
    return draft;
  }

  /** The thread's own, with what is packed there. */
  public static PackedSortedSet draft(Slice value) {
    PackedSortedSet draft = draft();
    draft.end = 0;
    draft.reserve(value.length());
    System.arraycopy(value.array(), value.offset(), draft.array, 0, value.length());
    draft.end = value.length();
    draft.size = Packed.count(draft.array, 0) >>> 1;
    return draft;
  }

  private void reserve(long more) {
    if (end + more > array.length) {
      array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end + more, 2L * array.length)));
    }
  }

  /** The draft's array, whose first {@link #length} bytes are the packed set. */
  public byte[] array() {
    Packed.setCount(array, start, size * 2);
    return array;
  }

  public int length() {
    return end - start;
  }

  /** Redis's compact encoding is left for good. */
  public void encoding(int encoding) {
    array[start] = (byte) encoding;
  }

  /** How long the draft would be at most with one member more. */
  long lengthWith(Slice member, double score) {
    return (long) length() + Packed.size(member.length()) + 1 + Score.packedBytes(score);
  }

  /** Gives a member its score, one that is there another one perhaps; {@code old} is the score it has, NaN where it is new. */
  void put(Slice member, double score, double old) {
    if (old == old && find(member)) {
      cut(found, foundEnd);
      size--;
    }
    insert(place(member, score), Form.of(member), score);
  }

  private void insert(int at, Form member, double score) {
    int scoreBytes = Score.packedBytes(score);
    int bytes = 1 + member.bytes() + 1 + scoreBytes;
    reserve(bytes);
    System.arraycopy(array, at, array, at + bytes, end - at);
    end += bytes;
    size++;
    int place = Packed.put(array, at, member);
    array[place] = (byte) scoreBytes;
    Score.pack(score, array, place + 1, scoreBytes);
  }

  /** Where the member with that score belongs. */
  private int place(Slice member, double score) {
    byte[] a = array;
    int at = first();
    while (at < end) {
      int behind = Packed.skip(a, at);
      double other = score(behind);
      if (other > score || (other == score && compare(at, member) > 0)) {
        break;
      }
      at = behind + 1 + a[behind];
    }
    return at;
  }

  private void cut(int from, int to) {
    System.arraycopy(array, to, array, from, end - to);
    end -= to - from;
  }

  /** Takes a member out of the draft, and says whether it was one. */
  public boolean remove(Slice member) {
    if (!find(member)) {
      return false;
    }
    cut(found, foundEnd);
    size--;
    return true;
  }

  /** Takes the members from position {@code from} to before {@code to} out of the draft. */
  public void remove(long from, long to) {
    int first = place(from);
    cut(first, Packed.skip(array, first, (int) (to - from) * 2));
    size -= (int) (to - from);
  }
}
