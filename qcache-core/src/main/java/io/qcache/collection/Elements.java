package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.KeyedHash;
import java.util.random.RandomGenerator;

/** What can be read of an {@link ElementTable}: of the table itself, by many at a time while nobody writes, or of a pin of it. */
public abstract sealed class Elements implements ElementView permits ElementTable, TablePin {
  static final int POSITION_BITS = 48;

  /** Is given elements, in place. */
  public interface Visitor {
    /** The value is empty in a table without values.  Both are good until this returns. */
    void visit(Slice element, Slice value);
  }

  final KeyedHash hash;
  final boolean valued;
  Segment[] root;
  int buckets;
  long size;
  int most; // no bucket has more elements

  Elements(KeyedHash hash, boolean valued) {
    this.hash = hash;
    this.valued = valued;
  }

  @Override public final long size() {
    return size;
  }

  /** Whether each element has a value. */
  public final boolean isValued() {
    return valued;
  }

  @Override public final boolean contains(Slice element) {
    long hashed = element.hash(hash);
    int bucket = bucket(hashed);
    Segment segment = segment(bucket);
    return Bucket.find(chunk(segment, bucket), segment.longs, element, Bucket.tag(hashed)) >= 0;
  }

  @Override public final boolean get(Slice element, Slice value) {
    long hashed = element.hash(hash);
    int bucket = bucket(hashed);
    Segment segment = segment(bucket);
    byte[] chunk = chunk(segment, bucket);
    int at = Bucket.find(chunk, segment.longs, element, Bucket.tag(hashed));
    if (at < 0) {
      return false;
    }
    wrapValue(segment, chunk, Bucket.entry(chunk, at), element.length(), value);
    return true;
  }

  private static void wrapValue(Segment segment, byte[] chunk, int entry, int length, Slice value) {
    int behind = Bucket.lengthBytes(length) + length;
    if (Bucket.isLong(entry)) {
      Bucket.wrap(segment.longs[Bucket.place(entry)], behind, value);
    } else {
      Bucket.wrap(chunk, Bucket.place(entry) + behind, value);
    }
  }

  /** Points the slices at the element of that number in a bucket, and at its value. */
  final void wrap(int bucket, int index, Slice element, Slice value) {
    Segment segment = segment(bucket);
    byte[] chunk = chunk(segment, bucket);
    int entry = Bucket.entry(chunk, Bucket.at(chunk, index));
    byte[] data = Bucket.isLong(entry) ? segment.longs[Bucket.place(entry)] : chunk;
    int end = Bucket.wrap(data, Bucket.isLong(entry) ? 0 : Bucket.place(entry), element);
    if (valued) {
      Bucket.wrap(data, end, value);
    } else {
      value.wrap(data, end, 0);
    }
  }

  final int bucket(long hashed) {
    int level = Integer.highestOneBit(buckets);
    int low = (int) hashed & (level << 1) - 1;
    return low < buckets ? low : low & level - 1;
  }

  final Segment segment(int bucket) {
    return root[bucket >>> Segment.SHIFT];
  }

  static byte[] chunk(Segment segment, int bucket) {
    return segment.chunks[bucket & Segment.BUCKETS - 1];
  }

  final int count(int bucket) {
    return Bucket.count(chunk(segment(bucket), bucket));
  }

  /** A walk over all elements in no order; on a table good until its next change. */
  @Override public final TableWalk walk() {
    return new TableWalk(this);
  }

  @Override public final void random(RandomGenerator random, Slice element, Slice value) {
    if (size == 0) {
      throw new IllegalStateException("no element");
    }
    while (true) { // a place that is taken, out of as many in every bucket
      int bucket = random.nextInt(buckets);
      int index = random.nextInt(most);
      if (index < count(bucket)) {
        wrap(bucket, index, element, value);
        return;
      }
    }
  }

  /** All elements in a random order, which it needs no memory for; on a table good until its next change. */
  @Override public final TableOrder inRandomOrder(RandomGenerator random) {
    return new TableOrder(this, random);
  }

  /**
   * Gives the elements from a place on, bucket by bucket, until {@code count} or more of them were given.  Whoever begins at 0
   * and goes on with what this returns, until that is 0, meets every element that is there all the time, whatever comes and
   * goes meanwhile; some perhaps twice.
   *
   * <p>The cursor is a number of {@value #POSITION_BITS} bits, which are the hash's from the lowest on; a bucket has a prefix
   * of them, so that growing and shrinking move no element to the other side of a cursor.
   */
  public final long scan(long cursor, long count, Visitor visitor) {
    long at = cursor;
    long given = 0;
    Slice element = new Slice();
    Slice value = new Slice();
    for (int visited = 0; at >>> POSITION_BITS == 0; visited++) {
      if (given >= count || visited / 10 >= count) {
        return at;
      }
      int bucket = bucket(Long.reverse(at << Long.SIZE - POSITION_BITS));
      int shift = POSITION_BITS - depth(bucket);
      boolean whole = at >>> shift << shift == at;
      for (int i = 0; i < count(bucket); i++) {
        wrap(bucket, i, element, value);
        if (whole || position(element.hash(hash)) >= at) {
          visitor.visit(element, value);
          given++;
        }
      }
      at = (at >>> shift) + 1 << shift;
    }
    return 0;
  }

  private static long position(long hashed) {
    return Long.reverse(hashed) >>> Long.SIZE - POSITION_BITS;
  }

  /** How many bits of the hash the elements of the bucket have in common. */
  private int depth(int bucket) {
    int level = Integer.highestOneBit(buckets);
    int bits = Integer.numberOfTrailingZeros(level);
    return bucket < buckets - level || bucket >= level ? bits + 1 : bits;
  }
}
