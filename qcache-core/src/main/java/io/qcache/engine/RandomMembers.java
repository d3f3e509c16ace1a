package io.qcache.engine;

import io.qcache.collection.LargeSortedSet;
import io.qcache.collection.PackedSortedSet;
import io.qcache.collection.Ranking;
import io.qcache.collection.RankingPin;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Members of a sorted set chosen at random, as it was when this was made: of a pin of a large one, of a copy of one that is packed.
 * What has to be different is chosen by a walk over all positions that takes each with the chance it needs (selection sampling,
 * Knuth's algorithm S), or where few of many are wanted by trying again what came before.
 */
final class RandomMembers implements Producer, MemberVisitor {
  private static final int ABOUT = 32; // bytes that a reply needs for a member beside its own
  private static final int FEW = 8; // one in so many is few
  private static final long AT_ONCE_BYTES = 64 << 10;

  private final RankingPin pin; // or null
  private final Ranking copy;   // or null
  private final long size;
  private final long about; // bytes that a member takes
  private final long count;
  private final boolean different;
  private final RandomGenerator random;
  private final ScoredSink out;
  private final Set<Long> chosen = new HashSet<>(); // at most one of FEW
  private long given = -1; // members; before it began: -1
  private long at; // of a walk
  private long givenBytes;

  private RandomMembers(RankingPin pin, Ranking copy, long size, long bytes, long count, RandomGenerator random, ScoredSink out) {
    this.pin = pin;
    this.copy = copy;
    this.size = size;
    this.about = bytes / size + 1;
    this.different = count >= 0;
    this.count = different ? Math.min(count, size) : -count;
    this.random = random;
    this.out = out;
  }

  /** So many different members, at most all, or for a negative number just as many; under the set's read lock. */
  static RandomMembers of(Ranking set, long count, RandomGenerator random, ScoredSink out) {
    if (set instanceof LargeSortedSet large) {
      return new RandomMembers(large.pin(), null, set.size(), large.bytes(), count, random, out);
    }
    PackedSortedSet packed = (PackedSortedSet) set;
    return new RandomMembers(null, packed.copied(), set.size(), packed.length(), count, random, out);
  }

  boolean isLong() {
    return count > AT_ONCE_BYTES / about;
  }

  @Override public boolean give(Sink ignored, int bytes) {
    if (given < 0) {
      out.begin(count);
      given = 0;
    }
    givenBytes = 0;
    for (; given < count && givenBytes < bytes; given++) {
      long next = next();
      if (pin != null) {
        pin.visit(next, this);
      } else {
        copy.visit(next, next + 1, false, this);
      }
    }
    return given < count;
  }

  private long next() {
    if (!different) {
      return random.nextLong(size);
    }
    if (count >= size / FEW) {
      while (random.nextLong(size - at) >= count - given) {
        at++;
      }
      return at++;
    }
    long next = random.nextLong(size);
    while (!chosen.add(next)) {
      next = random.nextLong(size);
    }
    return next;
  }

  @Override public void member(byte[] array, int from, int length, double score) {
    givenBytes += length + ABOUT;
    out.member(array, from, length, score);
  }

  @Override public void close() {
    if (pin != null) {
      pin.close();
    }
  }
}
