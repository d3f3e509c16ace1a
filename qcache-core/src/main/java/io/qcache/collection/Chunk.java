package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import java.util.Arrays;

/**
 * Some elements in their order, packed; room at either end, so that both are fast.  An element ends where the next begins.
 * <pre>
 *   offsets  [ 3 │ 6 │ 10 ]                             count 3
 *              │   └───┐└────────┐
 *   data     ░░░[ abc ][ defg ][ hi ]░░░░░░░░           ░ free
 *                                   ▲ end
 * </pre>
 * At most {@link #MOST} elements in {@link #MOST_BYTES}, so that an offset fits a char; an element that is longer has a chunk of
 * its own.
 */
final class Chunk extends Node {
  static final int MOST = 128;
  static final int MOST_BYTES = 0xfff0;
  private static final int OVERHEAD = 32 + 2 * 16; // its fields, and the headers of two arrays

  private byte[] data;
  private char[] offsets;
  private int end;
  private int count;

  private Chunk(byte[] data, char[] offsets, int end, int count) {
    this.data = data;
    this.offsets = offsets;
    this.end = end;
    this.count = count;
  }

  /** A chunk of a copy of that element, the free room before it or behind it. */
  static Chunk of(byte[] array, int from, int length, boolean roomBefore) {
    int room = length > MOST_BYTES ? length : Math.min(MOST_BYTES, Math.max(64, length * 2));
    Allocation.comes();
    byte[] data = new byte[room];
    char[] offsets = new char[8];
    int at = roomBefore ? room - length : 0;
    System.arraycopy(array, from, data, at, length);
    offsets[0] = (char) at;
    return new Chunk(data, offsets, at + length, 1);
  }

  @Override Chunk copied() {
    Allocation.comes();
    return new Chunk(data.clone(), offsets.clone(), end, count);
  }

  @Override int bytes() {
    return OVERHEAD + data.length + 2 * offsets.length;
  }

  int count() {
    return count;
  }

  /** How many bytes the elements take. */
  int used() {
    return end - start();
  }

  private int start() {
    return count == 0 ? end : offsets[0];
  }

  byte[] data() {
    return data;
  }

  /** Where the element begins; the end of the last for one more. */
  int offset(int index) {
    return index < count ? offsets[index] : end;
  }

  /** Points the slice at the element. */
  Slice get(int index, Slice into) {
    int from = offsets[index];
    return into.wrap(data, from, offset(index + 1) - from);
  }

  boolean fits(int length) {
    return count < MOST && (long) used() + length <= MOST_BYTES;
  }

  // Changing

  /** Makes room, so that {@link #insert} there cannot fail. */
  void reserve(int index, int length) {
    reserve(index, length, 1);
  }

  private void reserve(int index, int length, int elements) {
    if (count + elements > offsets.length) {
      Allocation.comes();
      offsets = Arrays.copyOf(offsets, Math.min(MOST, Math.max(count + elements, count * 2)));
    }
    int used = used();
    if (data.length > MOST_BYTES) {
      move(capacity(used + length), index); // of an element that was longer
    } else if (start() < length && data.length - end < length) {
      boolean isRoomy = data.length - used - length >= data.length / 4; // worth to slide, since not soon again
      move(isRoomy ? data.length : capacity(used + length), index);
    }
  }

  private static int capacity(int needed) {
    return Math.max(needed, Math.min(MOST_BYTES, needed + needed / 2 + 7 & ~7));
  }

  /** Moves the elements to one end of the room, so that the free part is at the other, where {@code index} is near. */
  private void move(int room, int index) {
    byte[] into = data;
    if (room != data.length) {
      Allocation.comes();
      into = new byte[room];
    }
    int used = used();
    int start = start();
    int to = index < (count + 1) / 2 ? room - used : 0;
    System.arraycopy(data, start, into, to, used);
    shift(0, count, to - start);
    data = into;
    end = to + used;
  }

  private void shift(int first, int end, int by) {
    for (int i = first; i < end; i++) {
      offsets[i] += (char) by;
    }
  }

  /** Puts a copy of the element before the one at {@code index}, where it {@link #fits}. */
  void insert(int index, byte[] array, int from, int length) {
    reserve(index, length);
    int at = offset(index);
    boolean left = index * 2 < count ? start() >= length : data.length - end < length;
    if (left) {
      int start = start();
      System.arraycopy(data, start, data, start - length, at - start);
      shift(0, index, -length);
      at -= length;
    } else {
      System.arraycopy(data, at, data, at + length, end - at);
      shift(index, count, length);
      end += length;
    }
    System.arraycopy(offsets, index, offsets, index + 1, count - index);
    offsets[index] = (char) at;
    count++;
    System.arraycopy(array, from, data, at, length);
  }

  /** Takes the elements from {@code first} to before {@code last} away. */
  void remove(int first, int last) {
    int from = offset(first);
    int to = offset(last);
    if (first < count - last) {
      int start = start();
      System.arraycopy(data, start, data, start + to - from, from - start);
      shift(0, first, to - from);
    } else {
      System.arraycopy(data, to, data, from, end - to);
      shift(last, count, from - to);
      end -= to - from;
    }
    System.arraycopy(offsets, last, offsets, first, count - last);
    count -= last - first;
    if (count == 0) {
      end = 0;
    }
  }

  /** Whether an element of that length can stand in the place of that one. */
  boolean fitsInPlaceOf(int index, int length) {
    return count == 1 || (long) used() + length <= MOST_BYTES || offset(index + 1) - offset(index) == length;
  }

  /** Puts a copy of the element in the place of another one. */
  void replace(int index, byte[] array, int from, int length) {
    int at = offset(index);
    if (offset(index + 1) - at == length) {
      System.arraycopy(array, from, data, at, length);
    } else if (count == 1) {
      Chunk other = of(array, from, length, false);
      data = other.data;
      offsets = other.offsets;
      end = other.end;
    } else {
      if (count == MOST) {
        reserve(index, length, 0);
      } else {
        reserve(index, length);
      }
      remove(index, index + 1);
      insert(index, array, from, length);
    }
  }

  /** A chunk of the elements from {@code index} on, which stay here too until {@link #cut}. */
  Chunk tail(int index) {
    int from = offsets[index];
    int used = end - from;
    Allocation.comes();
    byte[] tail = new byte[used > MOST_BYTES ? used : Math.min(MOST_BYTES, used + used / 4 + 8)];
    char[] places = new char[Math.min(MOST, (count - index) * 5 / 4 + 4)];
    System.arraycopy(data, from, tail, 0, used);
    System.arraycopy(offsets, index, places, 0, count - index);
    Chunk chunk = new Chunk(tail, places, used, count - index);
    chunk.shift(0, chunk.count, -from);
    return chunk;
  }

  /** Forgets the elements from {@code index} on. */
  void cut(int index) {
    end = offset(index);
    count = index;
  }

  boolean canAppend(Chunk right) {
    return count + right.count <= MOST && used() + (long) right.used() <= MOST_BYTES;
  }

  /** Makes room for the elements of {@code right}, so that {@link #append} cannot fail. */
  void reserve(Chunk right) {
    int used = right.used();
    reserve(count, used, right.count);
    if (data.length - end < used) { // the room is at the other end
      move(Math.max(data.length, used() + used), count);
    }
  }

  /** Puts copies of the elements of {@code right} behind its own. */
  void append(Chunk right) {
    int start = right.start();
    int used = right.used();
    System.arraycopy(right.data, start, data, end, used);
    System.arraycopy(right.offsets, 0, offsets, count, right.count);
    int first = count;
    count += right.count;
    shift(first, count, end - start);
    end += used;
  }

  /** Whether much more room is held than needed. */
  boolean isSparse() {
    return data.length > 256 && used() < data.length / 4;
  }

  /** Gives back the room that no element takes. */
  void trim() {
    int used = used();
    if (used < data.length || count < offsets.length) {
      Allocation.comes();
      char[] places = Arrays.copyOf(offsets, count);
      byte[] exact = new byte[used];
      int start = start();
      System.arraycopy(data, start, exact, 0, used);
      offsets = places;
      shift(0, count, -start);
      data = exact;
      end = used;
    }
  }

  /** What has to hold, for tests. */
  void check() {
    ChunkTree.require(count > 0 && count <= MOST && count <= offsets.length, "elements in a chunk", count);
    ChunkTree.require(count == 1 || data.length <= MOST_BYTES, "bytes of a chunk", data.length);
    for (int i = 0; i < count; i++) {
      ChunkTree.require(offset(i) <= offset(i + 1), "an element that ends before it begins", i);
    }
    ChunkTree.require(end <= data.length, "the end of a chunk", end);
  }
}
