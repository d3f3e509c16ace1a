package io.qcache.collection;

import io.qcache.engine.CollectionLimits;
import io.qcache.engine.Slice;
import io.qcache.keyspace.KeyedHash;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * A sorted set that is being built or changed: in the thread's packed draft while it is small, and large from then on.  For one
 * operation of one thread, that has no other draft meanwhile.
 *
 * <p>It is also told which encoding Redis would have: compact until a member is added beyond the limits, and never again.
 */
public final class SortedSetDraft {
  /** A packed set is walked over by nearly every operation, so it stays small. */
  private static final int MOST_PACKED = 128; // members
  private static final int MOST_PACKED_BYTES = 4096;

  private final KeyedHash hash;
  private final CollectionLimits limits;
  private final int mostBytes;
  private PackedSortedSet packed; // null where it is large
  private LargeSortedSet large;
  private boolean exact;     // whether a score of -0 stays one
  private boolean minusZero; // whether there was one

  /** One whose members are few and short enough to be packed in {@code mostBytes} bytes, or is large. */
  public SortedSetDraft(KeyedHash hash, CollectionLimits limits, int mostBytes) {
    this.hash = hash;
    this.limits = limits;
    this.mostBytes = Math.min(mostBytes, MOST_PACKED_BYTES);
  }

  /** Begins with nothing. */
  public SortedSetDraft begin() {
    packed = PackedSortedSet.draft();
    large = null;
    return this;
  }

  /** Begins with a copy of a packed set. */
  public SortedSetDraft begin(Slice value) {
    packed = PackedSortedSet.draft(value);
    large = null;
    return this;
  }

  /** Changes a large set itself. */
  public SortedSetDraft begin(LargeSortedSet set) {
    packed = null;
    large = set;
    return this;
  }

  /**
   * Lets scores of -0 be what they are until {@link #settle}.  Otherwise they are 0 while the set is compact, since Redis keeps
   * whole numbers as integers there.
   */
  public SortedSetDraft exactly() {
    exact = true;
    return this;
  }

  /** The set is complete, and is kept. */
  public void settle() {
    exact = false;
    if (minusZero && isCompact()) {
      ArrayList<Slice> members = new ArrayList<>();
      long zeros = set().below(0, false);
      set().visit(zeros, set().below(0, true), false, (array, from, length, score) ->
          members.add(new Slice().wrap(Arrays.copyOfRange(array, from, from + length))));
      members.forEach(member -> put(member, 0, 0));
    }
  }

  /** What is in it now. */
  public Ranking set() {
    return packed != null ? packed : large;
  }

  public long size() {
    return packed != null ? packed.size() : large.size();
  }

  public double score(Slice member) {
    return packed != null ? packed.score(member) : large.score(member);
  }

  /** The large set, or null while it is packed. */
  public LargeSortedSet largeOrNull() {
    return large;
  }

  /** The packed set, or null where it is large. */
  public PackedSortedSet packedOrNull() {
    return packed;
  }

  /** Gives a member its score, one that is there another one perhaps; {@code old} is the score it has, NaN where it is new. */
  public void put(Slice member, double score, double old) {
    boolean wasCompact = isCompact();
    if (old != old && isCompact() && (size() + 1 > limits.sortedSetEntries() || member.length() > limits.sortedSetValueBytes())) {
      notCompact();
    }
    if (score == 0 && 1 / score < 0) {
      minusZero = true;
      if (!exact && isCompact()) {
        put(member, 0, old);
        return;
      }
    }
    if (packed != null && (packed.lengthWith(member, score) > mostBytes || (old != old && packed.size() == MOST_PACKED))) {
      large = LargeSortedSet.of(packed, hash);
      packed = null;
    }
    if (packed != null) {
      packed.put(member, score, old);
    } else {
      try {
        large.put(member, score, old);
      } catch (Throwable failed) { // it is as it was then, and so is its encoding
        large.compact(wasCompact);
        throw failed;
      }
    }
  }

  /** Whether Redis would still use its compact encoding. */
  public boolean isCompact() {
    return packed != null ? packed.encoding() == 0 : large.isCompact();
  }

  private void notCompact() {
    if (packed != null) {
      packed.encoding(1);
    } else {
      large.compact(false);
    }
  }

  /** Redis makes it in the encoding that is not compact, whatever comes. */
  public void notCompactIf(boolean holds) {
    if (holds) {
      notCompact();
    }
  }

  /** Takes a member out, and says whether it was one. */
  public boolean remove(Slice member) {
    return packed != null ? packed.remove(member) : large.remove(member);
  }

  /** Takes the members from position {@code from} to before {@code to} out. */
  public void remove(long from, long to) {
    if (packed != null) {
      packed.remove(from, to);
    } else {
      large.remove(from, to);
    }
  }
}
