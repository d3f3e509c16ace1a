package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;

/**
 * Some elements in their order, packed; room at either end, so that both are fast.  An element ends where the next begins.
 * <pre>
 *   data     ░░░[ abc ][ defg ][ hi ]░░░░░░░░           ░ free
 *               ▲ start             ▲ end
 * </pre>
 * At most {@link #MOST} elements in {@link #MOST_BYTES}; an element that is longer has a chunk of its own.  Where each of them
 * begins is what the two kinds of chunks keep otherwise: {@link OrderedChunk} so that it can be searched, {@link ListChunk} in less.
 */
abstract class Chunk extends Node {
  static final int MOST = 128;
  static final int MOST_BYTES = 0xfff0;
  static final byte[] NOTHING = {};

  byte[] data;
  int end;
  int count;

  Chunk(byte[] data, int end, int count) {
    this.data = data;
    this.end = end;
    this.count = count;
  }

  final int count() {
    return count;
  }

  /** How many bytes the elements take. */
  final int used() {
    return end - start();
  }

  abstract int start();

  /** Where the element begins; the end of the last for {@link #count}. */
  abstract int place(int index);

  /** Points the slice at the element, which begins at {@code place}; where the next one does. */
  abstract int next(int index, int place, Slice into);

  /** Points the slice at the element, which ends at {@code end}; where it begins. */
  abstract int previous(int index, int end, Slice into);

  /** Points the slice at the element. */
  final Slice get(int index, Slice into) {
    next(index, place(index), into);
    return into;
  }

  final boolean fits(Form element) {
    return count < MOST && (long) used() + element.bytes() <= MOST_BYTES;
  }

  // Changing

  /** Makes room, so that {@link #insert} there cannot fail. */
  final void reserve(int index, Form element) {
    reserve(index, element.bytes(), 1);
  }

  private void reserve(int index, int length, int elements) {
    reservePlaces(elements);
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

  /** Makes room to say where so many elements more begin. */
  abstract void reservePlaces(int elements);

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
    moved(to - start);
    data = into;
    end = to + used;
  }

  /** All elements lie so many bytes further on. */
  abstract void moved(int by);

  /** Puts a copy of the element before the one at {@code index}, where there is room for it. */
  final void insert(int index, Form element) {
    int bytes = element.bytes();
    int at = place(index);
    boolean left = index * 2 < count ? start() >= bytes : data.length - end < bytes;
    if (left) {
      int start = start();
      System.arraycopy(data, start, data, start - bytes, at - start);
      at -= bytes;
    } else {
      System.arraycopy(data, at, data, at + bytes, end - at);
      end += bytes;
    }
    inserted(index, at, element, left);
    count++;
    element.put(data, at);
  }

  /** An element comes before that one, for which those on the left of it were moved to the left, or else the others to the right. */
  abstract void inserted(int index, int at, Form element, boolean left);

  /** Takes the elements from {@code first} to before {@code last} away. */
  final void remove(int first, int last) {
    int from = place(first);
    int to = place(last);
    boolean left = first < count - last;
    if (left) {
      int start = start();
      System.arraycopy(data, start, data, start + to - from, from - start);
    } else {
      System.arraycopy(data, to, data, from, end - to);
    }
    removed(first, last, to - from, left);
    if (!left) {
      end -= to - from;
    }
    count -= last - first;
  }

  /** Elements of so many bytes go, over whose place those on the left of them were moved to the right, or else the others to the left. */
  abstract void removed(int first, int last, int bytes, boolean left);

  /** Whether the element can stand in the place of that one. */
  final boolean fitsInPlaceOf(int index, Form element) {
    return count == 1 || (long) used() + element.bytes() <= MOST_BYTES || bytes(index) == element.bytes();
  }

  private int bytes(int index) {
    return place(index + 1) - place(index);
  }

  /** Puts a copy of the element in the place of another one. */
  final void replace(int index, Form element) {
    if (bytes(index) == element.bytes()) {
      recoded(index, element);
      element.put(data, place(index));
    } else if (count == 1) {
      become(element);
    } else {
      reserve(index, element.bytes(), count == MOST ? 0 : 1);
      remove(index, index + 1);
      insert(index, element);
    }
  }

  /** Another element of as many bytes stands there. */
  abstract void recoded(int index, Form element);

  /** Has that element alone from now on. */
  abstract void become(Form element);

  /** A chunk of the elements from {@code index} on, which stay here too until {@link #cut}. */
  abstract Chunk tail(int index);

  /** An array of so many bytes of elements, with some room. */
  static byte[] roomy(int used) {
    return new byte[used > MOST_BYTES ? used : Math.min(MOST_BYTES, used + used / 4 + 8)];
  }

  /** Forgets the elements from {@code index} on. */
  final void cut(int index) {
    end = place(index);
    count = index;
  }

  final boolean canAppend(Chunk right) {
    return count + right.count <= MOST && used() + (long) right.used() <= MOST_BYTES;
  }

  /** Makes room for the elements of {@code right}, so that {@link #append} cannot fail. */
  final void reserve(Chunk right) {
    int used = right.used();
    reserve(count, used, right.count);
    if (data.length - end < used) { // the room is at the other end
      move(Math.max(data.length, used() + used), count);
    }
  }

  /** Puts copies of the elements of {@code right}, which is of the same kind, behind its own. */
  final void append(Chunk right) {
    int start = right.start();
    int used = right.used();
    System.arraycopy(right.data, start, data, end, used);
    appended(right, end - start);
    count += right.count;
    end += used;
  }

  /** The elements of {@code right} come behind the others, so many bytes further on than they are there. */
  abstract void appended(Chunk right, int by);

  /** Whether much more room is held than needed. */
  final boolean isSparse() {
    return data.length > 256 && used() < data.length / 4;
  }

  /** Gives back the room that no element takes. */
  final void trim() {
    int used = used();
    if (used < data.length) {
      int start = start();
      Allocation.comes();
      byte[] exact = used == 0 ? NOTHING : new byte[used];
      System.arraycopy(data, start, exact, 0, used);
      moved(-start);
      data = exact;
      end = used;
    }
    trimPlaces();
  }

  /** Gives back the room for places that no element takes. */
  abstract void trimPlaces();

  /** What has to hold, for tests. */
  void check() {
    ChunkTree.require(count > 0 && count <= MOST, "elements in a chunk", count);
    ChunkTree.require(count == 1 || data.length <= MOST_BYTES, "bytes of a chunk", data.length);
    for (int i = 0; i < count; i++) {
      ChunkTree.require(place(i) <= place(i + 1), "an element that ends before it begins", i);
    }
    ChunkTree.require(end <= data.length, "the end of a chunk", end);
  }
}
