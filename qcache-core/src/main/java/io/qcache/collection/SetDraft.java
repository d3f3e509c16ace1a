package io.qcache.collection;

import io.qcache.ValueType;
import io.qcache.engine.CollectionLimits;
import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.keyspace.KeyedHash;
import io.qcache.keyspace.Records;
import java.util.Arrays;

/**
 * A set that is being made, from nothing or from a small one, before a record is put in the other's place.
 * <pre>
 *   integers in their order ──── more than fit a record ───► a tree of integers      Redis's intset
 *            │ a member that is none, or more than Redis's limit      │
 *            ▼                                                        ▼
 *   packed members ──────────────── more than is small ────► a table                 Redis's hashtable
 * </pre>
 * For one thread; the packed form lies in its {@link PackedBuffer} meanwhile.
 */
public final class SetDraft {
  /** Encodings: what Redis would use. */
  public static final int INTSET = 0;
  public static final int HASHTABLE = 1;

  private static final int PACKED_BYTES = 2048; // above which writing all of it anew costs more than a table
  private static final int PACKED_MEMBERS = 128; // above which looking at each does
  private static final int PACKED_INTEGERS = 512;

  private final KeyedHash hash;
  private final CollectionLimits limits;
  private final int largeAbove;
  private long[] integers = new long[8]; // null where it is not made of them
  private int count; // of the integers
  private LargeIntegers tree;
  private PackedBuffer packed;
  private LargeElements table;

  /** An empty one; values above {@code largeAbove} bytes are no records. */
  public SetDraft(KeyedHash hash, CollectionLimits limits, int largeAbove) {
    this.hash = hash;
    this.limits = limits;
    this.largeAbove = largeAbove;
  }

  /** What a record holds, to go on with; only in an empty draft. */
  public SetDraft load(Slice record) {
    byte[] array = record.array();
    int start = record.offset();
    if (Packed.encoding(array, start) == INTSET) {
      PackedIntegers old = new PackedIntegers(record);
      count = (int) old.size();
      integers = new long[count + 8];
      for (int i = 0; i < count; i++) {
        integers[i] = old.get(i);
      }
    } else {
      integers = null;
      packed = PackedBuffer.take(HASHTABLE).addPacked(array, start + Packed.HEADER_BYTES, start + record.length(),
          Packed.count(array, start));
    }
    return this;
  }

  public long size() {
    return integers != null ? count : tree != null ? tree.size() : packed != null ? packed.count() : table.table().size();
  }

  /** What it has; good until it is changed, or another packed form is made by this thread. */
  public ElementView view() {
    if (tree != null) {
      return tree.view();
    }
    if (table != null) {
      return table.table();
    }
    PackedBuffer buffer = integers != null ? packedIntegers() : packed;
    Slice whole = new Slice().wrap(buffer.array(), 0, buffer.length());
    return integers != null ? new PackedIntegers(whole) : new PackedElements(whole, false);
  }

  private PackedBuffer packedIntegers() {
    PackedBuffer buffer = PackedBuffer.take(INTSET);
    PackedIntegers.write(integers, count, buffer);
    return buffer;
  }

  /** Adds a copy of the member; false where it is there. */
  public boolean add(Slice member) {
    if (integers != null || tree != null) {
      if (Numbers.isLong(member.array(), member.offset(), member.length())) {
        return addInteger(Numbers.parse(member));
      }
      becomeStrings();
    }
    if (packed != null) {
      if (at(member) >= 0) {
        return false;
      }
      if (fits(member.length())) {
        packed.add(member);
        return true;
      }
      becomeTable();
    }
    return table.table().add(member);
  }

  private boolean addInteger(long integer) {
    boolean added;
    if (tree != null) {
      added = tree.add(integer);
    } else {
      int at = Arrays.binarySearch(integers, 0, count, integer);
      added = at < 0;
      if (added) {
        insert(-at - 1, integer);
      }
    }
    if (added && size() > limits.intsetEntries()) {
      becomeStrings();
    }
    return added;
  }

  private void insert(int at, long integer) {
    if (count == integers.length) {
      integers = Arrays.copyOf(integers, 2 * count);
    }
    System.arraycopy(integers, at, integers, at + 1, count - at);
    integers[at] = integer;
    count++;
    if (count > PACKED_INTEGERS || PackedIntegers.bytes(count) > largeAbove) {
      tree = new LargeIntegers();
      for (int i = 0; i < count; i++) {
        tree.add(integers[i]);
      }
      integers = null;
    }
  }

  private int at(Slice member) {
    return Packed.find(packed.array(), Packed.HEADER_BYTES, packed.length(), 1, member);
  }

  private boolean fits(int length) {
    return (long) packed.length() + Packed.size(length) <= Math.min(PACKED_BYTES, largeAbove)
        && packed.count() < PACKED_MEMBERS;
  }

  private void becomeStrings() {
    LargeIntegers large = tree;
    byte[] text = new byte[Numbers.LONG_BYTES];
    Slice member = new Slice();
    tree = null;
    packed = PackedBuffer.take(HASHTABLE);
    if (large == null) {
      long[] those = integers;
      integers = null;
      for (int i = 0; i < count; i++) {
        add(member.wrap(text, 0, Numbers.write(those[i], text, 0)));
      }
    } else {
      Slice none = new Slice();
      for (ElementView.Steps steps = large.view().walk(); steps.next(member, none); ) {
        add(member);
      }
    }
  }

  private void becomeTable() {
    PackedElements all = new PackedElements(new Slice().wrap(packed.array(), 0, packed.length()), false);
    table = LargeElements.of(all, false, HASHTABLE, hash);
    packed = null;
  }

  /** Takes a member out; false where it is not there.  Only of what a record held. */
  public boolean remove(Slice member) {
    if (packed != null) {
      int at = at(member);
      if (at >= 0) {
        packed.remove(at, 1);
      }
      return at >= 0;
    }
    boolean integer = Numbers.isLong(member.array(), member.offset(), member.length());
    int at = integer ? Arrays.binarySearch(integers, 0, count, Numbers.parse(member)) : -1;
    if (at >= 0) {
      System.arraycopy(integers, at + 1, integers, at, --count - at);
    }
    return at >= 0;
  }

  /** Lets the key hold it; the record.  It is not changed any more. */
  public int put(Records records, Slice key, int old, long deadlineMillis) {
    if (table != null || tree != null) {
      return records.putLarge(key, old, ValueType.SET, table != null ? table : tree, deadlineMillis);
    }
    PackedBuffer buffer = integers != null ? packedIntegers() : packed;
    return records.put(key, old, ValueType.SET, buffer.array(), 0, buffer.length(), deadlineMillis);
  }
}
