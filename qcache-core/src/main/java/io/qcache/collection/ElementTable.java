package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import io.qcache.keyspace.KeyedHash;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hash table of byte strings, each once, perhaps with a value each: what large hashes and sets are made of, and the other side
 * of large sorted sets.
 * <pre>
 *   hash │ tag: 11 bits │ … │ bucket: as many of the lowest bits as are needed │
 *
 *   root ─► [ segment │ segment │ … ]          a segment has 256 buckets, and the elements too long for a chunk
 *              │
 *              ▼
 *           [ chunk │ chunk │ … ]              a bucket is a chunk of about 16 to 32 elements, packed: see {@link Bucket}
 * </pre>
 * It grows and shrinks by one bucket at a time (linear hashing: Litwin, 1980): with 2^k + s buckets, the first s of 2^k have been
 * split by one bit more, and the next to be split is bucket s, wherever the elements come.  So no step is longer than that
 * of one bucket, and a bucket's number says how many bits its elements share; on which {@link #scan} stands.
 *
 * <p>A {@link #pin} is the table as it is at that instant, to be read without any lock: it raises the epoch, and whatever is
 * older than it is copied before its first change: the root, a segment, a chunk.
 *
 * <p>Every step takes its memory before it changes anything, so a failed allocation leaves the elements as they were.  Guarded
 * by whoever owns it: many may read at a time, or one may write.
 */
public final class ElementTable extends Elements {
  private static final int OVERHEAD = 120 + 16; // its fields, those of the counter of pins, and the header of the root
  private static final int MANY = 32; // elements a bucket, above which one is split
  private static final int FEW = 12; // below which two are joined
  private static final int MANY_BYTES = 4096; // in place, likewise
  private static final int FEW_BYTES = 1536;
  private static final int MOST_BUCKETS = 1 << 30;

  private long bytes;
  private long inPlace; // the bytes of elements in chunks
  private int epoch; // goes up with every pin
  private int rootEpoch; // when the root was made
  private final AtomicInteger pins = new AtomicInteger();

  /** An empty table; {@code valued} where each element is to have a value. */
  public ElementTable(KeyedHash hash, boolean valued) {
    super(hash, valued);
    begin();
  }

  private void begin() {
    Segment first = new Segment(epoch);
    first.chunks[0] = Bucket.EMPTY;
    root = new Segment[] {first};
    rootEpoch = epoch;
    buckets = 1;
    size = 0;
    most = 0;
    inPlace = 0;
    bytes = OVERHEAD + 4 + first.bytes();
  }

  /** The memory that it takes, in bytes; without what only pins still hold. */
  @Override public long bytes() {
    return bytes;
  }

  long inPlace() {
    return inPlace;
  }

  @Override public TablePin kept() {
    return pin();
  }

  /** The table as it is now, for reading without a lock until it is closed.  Under the read lock or better. */
  public TablePin pin() {
    pins.incrementAndGet();
    synchronized (this) { // readers pin together; never held for longer than this line
      epoch++;
    }
    return new TablePin(this, pins);
  }

  // Changing

  /** Adds a copy of the element, to a table without values; false where it is there. */
  public boolean add(Slice element) {
    return put(element, element.array(), 0, 0);
  }

  /** Gives an element, added if it is not there, a copy of the value; whether it is new. */
  public boolean put(Slice element, byte[] value, int from, int length) {
    long hashed = element.hash(hash);
    int bucket = bucket(hashed);
    Segment segment = segment(bucket);
    int at = Bucket.find(chunk(segment, bucket), segment.longs, element, Bucket.tag(hashed));
    if (at >= 0) {
      if (valued) {
        replace(bucket, at, hashed, element, value, from, length);
      }
      return false;
    }
    if ((size >= (long) MANY * buckets || inPlace >= (long) MANY_BYTES * buckets) && buckets < MOST_BUCKETS) {
      split();
      bucket = bucket(hashed);
    }
    insert(bucket, hashed, element, value, from, length);
    size++;
    return true;
  }

  private void insert(int bucket, long hashed, Slice element, byte[] value, int from, int length) {
    int needed = needed(element.length(), length);
    Segment segment = own(bucket);
    byte[] chunk = chunk(segment, bucket);
    if (isLong(chunk, needed)) {
      reserveLongs(segment, 1);
      Allocation.comes();
      byte[] data = new byte[needed];
      chunk = room(segment, bucket, 0);
      write(data, 0, element, value, from, length);
      Bucket.addLong(chunk, Bucket.tag(hashed), segment.addLong(data));
      bytes += Segment.bytes(data);
    } else {
      chunk = room(segment, bucket, needed);
      int end = write(chunk, Bucket.next(chunk), element, value, from, length);
      Bucket.add(chunk, Bucket.tag(hashed), end);
      inPlace += needed;
    }
    most = Math.max(most, Bucket.count(chunk));
  }

  private static boolean isLong(byte[] chunk, int needed) {
    return needed > Bucket.IN_PLACE || chunk.length + needed > Bucket.FULL;
  }

  private int needed(int element, int value) {
    int needed = Math.addExact(Bucket.lengthBytes(element), element);
    return valued ? Math.addExact(needed, Math.addExact(Bucket.lengthBytes(value), value)) : needed;
  }

  private int write(byte[] data, int at, Slice element, byte[] value, int from, int length) {
    int end = Bucket.write(data, at, element.array(), element.offset(), element.length());
    return valued ? Bucket.write(data, end, value, from, length) : end;
  }

  /** Gives the element whose entry stands there another value. */
  private void replace(int bucket, int at, long hashed, Slice element, byte[] value, int from, int length) {
    Segment segment = own(bucket);
    byte[] chunk = chunk(segment, bucket);
    int entry = Bucket.entry(chunk, at);
    int used = Bucket.used(chunk, entry, true);
    if (used > 0 && used == needed(element.length(), length)) {
      int behind = chunk.length - at; // a copy may have another room
      chunk = isShared(Bucket.epoch(chunk)) ? set(segment, bucket, Bucket.copied(chunk, epoch, 0)) : chunk;
      write(chunk, Bucket.place(Bucket.entry(chunk, chunk.length - behind)), element, value, from, length);
      return;
    }
    // the other one is put behind all, then the old one goes, which needs no memory any more
    int behind = chunk.length - at;
    insert(bucket, hashed, element, value, from, length);
    chunk = chunk(segment, bucket);
    drop(segment, chunk, chunk.length - behind);
  }

  /** Takes the element away; false where it is not there. */
  public boolean remove(Slice element) {
    long hashed = element.hash(hash);
    if (size < (long) FEW * buckets && inPlace < (long) FEW_BYTES * buckets && buckets > 1) {
      join();
    }
    int bucket = bucket(hashed);
    Segment segment = segment(bucket);
    byte[] chunk = chunk(segment, bucket);
    int at = Bucket.find(chunk, segment.longs, element, Bucket.tag(hashed));
    if (at < 0) {
      return false;
    }
    int behind = chunk.length - at;
    segment = own(bucket);
    int left = Bucket.needed(chunk) - Bucket.ENTRY - Bucket.used(chunk, Bucket.entry(chunk, at), valued);
    if (isShared(Bucket.epoch(chunk)) || Bucket.isSparse(chunk, left)) {
      chunk = set(segment, bucket, Bucket.copied(chunk, epoch, 0));
    }
    drop(segment, chunk, chunk.length - behind);
    if (Bucket.count(chunk) == 0) {
      set(segment, bucket, Bucket.EMPTY);
    }
    size--;
    return true;
  }

  /** Takes the element whose entry stands there out of a chunk that is ours. */
  private void drop(Segment segment, byte[] chunk, int at) {
    int entry = Bucket.entry(chunk, at);
    if (Bucket.isLong(entry)) {
      long before = segment.bytes();
      bytes -= Segment.bytes(segment.removeLong(Bucket.place(entry)));
      bytes += segment.bytes() - before;
    } else {
      inPlace -= Bucket.used(chunk, entry, valued);
    }
    Bucket.remove(chunk, at, valued);
  }

  /** Takes all elements away. */
  public void clear() {
    begin();
  }

  /** Makes it again what it was when the pin was taken, which stays open.  Takes no memory. */
  public void restore(TablePin pin) {
    root = pin.root;
    rootEpoch = -1;
    buckets = pin.buckets;
    size = pin.size;
    most = pin.most;
    bytes = pin.bytes;
    inPlace = pin.inPlace;
  }

  // Memory: what is ours alone may be changed, what a pin may see is copied first

  private boolean isShared(int since) {
    return since < epoch && pins.get() > 0;
  }

  private void ownRoot() {
    if (isShared(rootEpoch)) {
      Allocation.comes();
      root = root.clone();
      rootEpoch = epoch;
    }
  }

  private Segment own(int bucket) {
    int index = bucket >>> Segment.SHIFT;
    Segment segment = root[index];
    if (isShared(segment.epoch)) {
      ownRoot();
      segment = segment.copied(epoch);
      root[index] = segment;
    }
    return segment;
  }

  private byte[] set(Segment segment, int bucket, byte[] chunk) {
    bytes += Bucket.bytes(chunk) - Bucket.bytes(chunk(segment, bucket));
    segment.chunks[bucket & Segment.BUCKETS - 1] = chunk;
    return chunk;
  }

  /** The chunk, ours, with room for an element of so many bytes. */
  private byte[] room(Segment segment, int bucket, int needed) {
    byte[] chunk = chunk(segment, bucket);
    boolean isOurs = !isShared(Bucket.epoch(chunk));
    if (isOurs && Bucket.hasRoom(chunk, needed) && !Bucket.isSparse(chunk, Bucket.needed(chunk) + needed)) {
      return chunk;
    }
    return set(segment, bucket, Bucket.copied(chunk, epoch, needed + Bucket.ENTRY));
  }

  private void reserveLongs(Segment segment, int more) {
    int before = segment.bytes();
    segment.reserveLongs(more);
    bytes += segment.bytes() - before;
  }

  // Growing and shrinking

  /** Splits the next bucket in turn: what has one more bit set goes to a new bucket behind all. */
  private void split() {
    int into = buckets;
    int bit = Integer.highestOneBit(buckets);
    int from = into - bit;
    reserveRoot(into);
    Segment source = own(from);
    Segment target = reserveBucket(into);
    byte[] chunk = chunk(source, from);
    int count = Bucket.count(chunk);
    Slice element = new Slice();
    Slice value = new Slice();
    boolean[] goes = new boolean[count];
    int going = 0;
    int longsGoing = 0;
    for (int i = 0; i < count; i++) {
      wrap(from, i, element, value);
      if ((element.hash(hash) & bit) != 0) {
        goes[i] = true;
        int entry = Bucket.entry(chunk, Bucket.at(chunk, i));
        going += Bucket.used(chunk, entry, valued) + Bucket.ENTRY;
        longsGoing += Bucket.isLong(entry) ? 1 : 0;
      }
    }
    if (source != target) {
      long before = target.bytes();
      target.reserveLongs(longsGoing);
      bytes += isFirst(into) ? 0 : target.bytes() - before;
    }
    byte[] high = going == 0 ? Bucket.EMPTY : Bucket.make(epoch, going);
    byte[] low = going == Bucket.needed(chunk) ? Bucket.EMPTY : Bucket.make(epoch, Bucket.needed(chunk) - going);
    for (int i = 0; i < count; i++) { // nothing fails any more
      int entry = Bucket.entry(chunk, Bucket.at(chunk, i));
      if (goes[i]) {
        move(source, chunk, entry, target, high);
      } else {
        Bucket.addFrom(low, chunk, entry, Bucket.place(entry), valued);
      }
    }
    set(source, from, low);
    target.chunks[into & Segment.BUCKETS - 1] = high;
    bytes += Bucket.bytes(high);
    if (isFirst(into)) {
      root[into >>> Segment.SHIFT] = target;
      bytes += target.bytes();
    }
    buckets++;
  }

  private void move(Segment source, byte[] chunk, int entry, Segment target, byte[] into) {
    int number = Bucket.place(entry);
    if (Bucket.isLong(entry) && source != target) {
      int before = source.bytes();
      number = target.addLong(source.removeLong(number));
      bytes += source.bytes() - before;
    }
    Bucket.addFrom(into, chunk, entry, number, valued);
  }

  /** Makes place in the root, ours, for the segment of a bucket behind the last. */
  private void reserveRoot(int bucket) {
    if (bucket >>> Segment.SHIFT == root.length) {
      Allocation.comes();
      Segment[] wider = Arrays.copyOf(root, root.length * 2);
      bytes += 4L * root.length;
      root = wider;
      rootEpoch = epoch;
    }
    ownRoot();
  }

  /** The segment of a bucket behind the last, with its place there; not yet in the root where it is the first. */
  private Segment reserveBucket(int bucket) {
    if (isFirst(bucket)) {
      return new Segment(epoch);
    }
    Segment segment = own(bucket);
    int before = segment.bytes();
    segment.reserveBucket(bucket & Segment.BUCKETS - 1);
    bytes += segment.bytes() - before;
    return segment;
  }

  /** Whether the bucket is its segment's first. */
  private static boolean isFirst(int bucket) {
    return (bucket & Segment.BUCKETS - 1) == 0;
  }

  /** Joins the last bucket with the one it was split from. */
  private void join() {
    int from = buckets - 1;
    int into = from - Integer.highestOneBit(from);
    Segment source = own(from);
    Segment target = own(into);
    byte[] chunk = chunk(source, from);
    int count = Bucket.count(chunk);
    int longsGoing = 0;
    for (int i = 0; i < count; i++) {
      longsGoing += Bucket.isLong(Bucket.entry(chunk, Bucket.at(chunk, i))) ? 1 : 0;
    }
    if (source != target) {
      reserveLongs(target, longsGoing);
    }
    trim(source, from);
    if (count > 0) {
      byte[] both = Bucket.copied(chunk(target, into), epoch, Bucket.needed(chunk));
      for (int i = 0; i < count; i++) { // nothing fails any more
        move(source, chunk, Bucket.entry(chunk, Bucket.at(chunk, i)), target, both);
      }
      set(target, into, both);
      most = Math.max(most, Bucket.count(both));
    }
    set(source, from, Bucket.EMPTY);
    source.removeBucket(from & Segment.BUCKETS - 1);
    if (isFirst(from)) {
      root[from >>> Segment.SHIFT] = null; // ours, since the segment is
      bytes -= source.bytes();
    }
    buckets--;
    if (buckets == 1) {
      most = Bucket.count(root[0].chunks[0]);
    }
  }

  /** Gives back what the root and the last segment hold for buckets that are long gone; {@code last} is about to go. */
  private void trim(Segment segment, int last) {
    int before = segment.bytes();
    segment.trimBuckets((last & Segment.BUCKETS - 1) + 1);
    bytes += segment.bytes() - before;
    if (root.length >= 4 * ((last >>> Segment.SHIFT) + 1)) {
      Allocation.comes();
      root = Arrays.copyOf(root, root.length / 2);
      rootEpoch = epoch;
      bytes -= 4L * root.length;
    }
  }

  /** Another table of copies of the elements. */
  public ElementTable copied() {
    ElementTable other = new ElementTable(hash, valued);
    Allocation.comes();
    Segment[] copies = new Segment[root.length];
    for (int i = 0; i < root.length && root[i] != null; i++) {
      Segment copy = root[i].copied(0); // long elements never change, so both may have them
      for (int slot = 0; slot < copy.chunks.length && copy.chunks[slot] != null; slot++) {
        if (copy.chunks[slot] != Bucket.EMPTY) {
          Allocation.comes();
          copy.chunks[slot] = Bucket.cloned(copy.chunks[slot]);
        }
      }
      copies[i] = copy;
    }
    other.root = copies;
    other.buckets = buckets;
    other.size = size;
    other.most = most;
    other.inPlace = inPlace;
    other.bytes = bytes;
    return other;
  }

  // For tests

  /** Walks everything: sums and limits are right, and each element is where it is looked for. */
  public void check() {
    long sum = OVERHEAD + 4L * root.length;
    long count = 0;
    long bytesInPlace = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      Segment segment = segment(bucket);
      byte[] chunk = chunk(segment, bucket);
      Bucket.check(chunk, segment.longs, valued);
      ChunkTree.require(Bucket.epoch(chunk) <= epoch, "an epoch to come", Bucket.epoch(chunk));
      ChunkTree.require(Bucket.count(chunk) <= most, "elements of a bucket", Bucket.count(chunk));
      sum += Bucket.bytes(chunk);
      count += Bucket.count(chunk);
      bytesInPlace += Bucket.used(chunk);
      checkPlaces(bucket);
    }
    int segments = (buckets - 1 >>> Segment.SHIFT) + 1;
    for (int i = 0; i < root.length; i++) {
      ChunkTree.require(root[i] != null == i < segments, "a segment", i);
      sum += i < segments ? checkedBytes(root[i]) : 0;
    }
    ChunkTree.require(count == size, "elements", size);
    ChunkTree.require(bytesInPlace == inPlace, "bytes in place", inPlace);
    ChunkTree.require(sum == bytes, "bytes", bytes);
  }

  private void checkPlaces(int bucket) {
    Slice element = new Slice();
    Slice value = new Slice();
    for (int i = 0; i < count(bucket); i++) {
      wrap(bucket, i, element, value);
      long hashed = element.hash(hash);
      ChunkTree.require(bucket(hashed) == bucket, "the bucket of an element", bucket);
      ChunkTree.require(contains(element), "an element that is not found", i);
    }
  }

  private long checkedBytes(Segment segment) {
    ChunkTree.require(segment.epoch <= epoch, "an epoch to come", segment.epoch);
    long sum = segment.bytes();
    int count = 0;
    for (int i = 0; segment.longs != null && i < segment.longs.length; i++) {
      if (segment.longs[i] != null) {
        sum += Segment.bytes(segment.longs[i]);
        count++;
      }
    }
    ChunkTree.require(count == segment.longCount(), "long elements", count);
    return sum;
  }
}
