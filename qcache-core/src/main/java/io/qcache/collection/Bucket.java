package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A chunk of an {@link ElementTable}: the elements of one bucket in an array, and nothing but it.
 * <pre>
 *   │ epoch │ count │ end │ element │ element │ … ▒▒▒ free ▒▒▒ … │ entry 1 │ entry 0 │
 *   0       4       8     12                      ▲ end                              ▲ length
 *
 *   element  length, bytes; in a table with values: length, bytes of the value        lengths by 7 bits a byte
 *   entry    │ tag: 11 bits of the hash │ 1 where it is long │ place: 20 bits │       where the element begins
 * </pre>
 * A search compares the tags.  An element that is long is an array of its own, among those of the {@link Segment}, and its place
 * the number there.  Without order; an element that goes is closed up.
 */
final class Bucket {
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int EPOCH = 0;
  private static final int COUNT = 4;
  private static final int END = 8;
  private static final int HEADER = 12;
  static final byte[] EMPTY = empty();
  static final int MOST_BYTES = 1 << 20; // of a chunk
  static final int IN_PLACE = 512; // bytes of an element up to which it is in the chunk
  static final int FULL = 1 << 16; // bytes of a chunk from which on elements are long whatever their length
  static final int ENTRY = 4;
  private static final int LONG = 1 << 20;
  private static final int PLACE = LONG - 1;
  private static final int TAG = -1 << 21;

  private Bucket() {}

  private static byte[] empty() {
    byte[] chunk = new byte[HEADER];
    INT.set(chunk, END, HEADER);
    return chunk;
  }

  /** An empty chunk with room for so many bytes of elements and their entries. */
  static byte[] make(int epoch, int needed) {
    Allocation.comes();
    byte[] chunk = new byte[capacity(HEADER + needed)];
    INT.set(chunk, EPOCH, epoch);
    INT.set(chunk, END, HEADER);
    return chunk;
  }

  private static int capacity(int needed) {
    if (needed > MOST_BYTES) {
      throw new IllegalStateException("a keyed hash that brings so many elements together: " + needed + " bytes of a chunk");
    }
    return Math.min(MOST_BYTES, needed + needed / 8 + 7 & ~7);
  }

  /** The memory of a chunk, in bytes. */
  static int bytes(byte[] chunk) {
    return chunk == EMPTY ? 0 : 16 + chunk.length;
  }

  static int epoch(byte[] chunk) {
    return (int) INT.get(chunk, EPOCH);
  }

  static int count(byte[] chunk) {
    return (int) INT.get(chunk, COUNT);
  }

  private static int end(byte[] chunk) {
    return (int) INT.get(chunk, END);
  }

  /** How many bytes the elements take that are here, without their entries. */
  static int used(byte[] chunk) {
    return end(chunk) - HEADER;
  }

  /** Bytes of elements and entries. */
  static int needed(byte[] chunk) {
    return used(chunk) + ENTRY * count(chunk);
  }

  /** The bytes of an entry that say something of the hash. */
  static int tag(long hash) {
    return (int) (hash >>> 32) & TAG; // buckets are told apart by the lowest bits
  }

  /** Where the entry of that number stands, from 0 on. */
  static int at(byte[] chunk, int index) {
    return chunk.length - ENTRY * (index + 1);
  }

  static int entry(byte[] chunk, int at) {
    return (int) INT.get(chunk, at);
  }

  static boolean isLong(int entry) {
    return (entry & LONG) != 0;
  }

  static int place(int entry) {
    return entry & PLACE;
  }

  /** Where the entry of the element stands, or -1. */
  static int find(byte[] chunk, byte[][] longs, Slice element, int tag) {
    int length = chunk.length;
    for (int at = length - ENTRY * count(chunk); at < length; at += ENTRY) {
      int entry = (int) INT.get(chunk, at);
      if (((entry ^ tag) & TAG) == 0) {
        boolean same = isLong(entry) ? isAt(longs[place(entry)], 0, element) : isAt(chunk, place(entry), element);
        if (same) {
          return at;
        }
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] data, int at, Slice element) {
    int length = length(data, at);
    return length == element.length() && element.contentEquals(data, at + lengthBytes(length), length);
  }

  // Elements

  /** How many bytes it takes to say that length. */
  static int lengthBytes(int length) {
    return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5;
  }

  static int length(byte[] data, int at) {
    int low = data[at];
    if (low >= 0) {
      return low;
    }
    int length = low & 0x7f;
    for (int i = at + 1, shift = 7; ; i++, shift += 7) {
      length |= (data[i] & 0x7f) << shift;
      if (data[i] >= 0) {
        return length;
      }
    }
  }

  private static int putLength(byte[] data, int at, int length) {
    int i = at;
    int left = length;
    while (left > 0x7f) {
      data[i++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    data[i++] = (byte) left;
    return i;
  }

  /** Points the slice at the bytes whose length stands there; where they end. */
  static int wrap(byte[] data, int at, Slice into) {
    int length = length(data, at);
    int from = at + lengthBytes(length);
    into.wrap(data, from, length);
    return from + length;
  }

  /** Writes the bytes behind their length; where they end. */
  static int write(byte[] data, int at, byte[] array, int from, int length) {
    int to = putLength(data, at, length);
    System.arraycopy(array, from, data, to, length);
    return to + length;
  }

  /** Where the element ends that begins there. */
  private static int endOf(byte[] data, int at, boolean valued) {
    int length = length(data, at);
    int end = at + lengthBytes(length) + length;
    if (valued) {
      length = length(data, end);
      end += lengthBytes(length) + length;
    }
    return end;
  }

  // Changing; the caller has seen to it that the chunk is its own

  /** Whether so many bytes of one more element, and its entry, have room. */
  static boolean hasRoom(byte[] chunk, int more) {
    return chunk.length - end(chunk) - ENTRY * count(chunk) >= more + ENTRY;
  }

  /** Whether much more room is held than so many bytes of elements and entries need. */
  static boolean isSparse(byte[] chunk, int needed) {
    return chunk.length > 2 * (HEADER + needed) + 64;
  }

  /** A copy of that epoch with room for so many bytes more. */
  static byte[] copied(byte[] chunk, int epoch, int more) {
    int end = end(chunk);
    int entries = ENTRY * count(chunk);
    byte[] copy = make(epoch, end - HEADER + entries + more);
    System.arraycopy(chunk, COUNT, copy, COUNT, end - COUNT);
    System.arraycopy(chunk, chunk.length - entries, copy, copy.length - entries, entries);
    return copy;
  }

  /** A copy of epoch 0. */
  static byte[] cloned(byte[] chunk) {
    byte[] copy = chunk.clone();
    INT.set(copy, EPOCH, 0);
    return copy;
  }

  /** The place of an element that is written there next. */
  static int next(byte[] chunk) {
    return end(chunk);
  }

  /** An element that was written at {@link #next} and ends there is one more. */
  static void add(byte[] chunk, int tag, int end) {
    addEntry(chunk, tag | end(chunk));
    INT.set(chunk, END, end);
  }

  /** One more element, which is long and has that number. */
  static void addLong(byte[] chunk, int tag, int number) {
    if (number > PLACE) {
      throw new IllegalStateException("long elements of a segment: " + number);
    }
    addEntry(chunk, tag | LONG | number);
  }

  private static void addEntry(byte[] chunk, int entry) {
    int count = count(chunk);
    INT.set(chunk, at(chunk, count), entry);
    INT.set(chunk, COUNT, count + 1);
  }

  /** One more element, which is in another chunk, or is long and has that number here. */
  static void addFrom(byte[] chunk, byte[] other, int entry, int number, boolean valued) {
    if (isLong(entry)) {
      addLong(chunk, entry & TAG, number);
    } else {
      int from = place(entry);
      int length = endOf(other, from, valued) - from;
      int to = end(chunk);
      System.arraycopy(other, from, chunk, to, length);
      add(chunk, entry & TAG, to + length);
    }
  }

  /** How many bytes the element of an entry takes here. */
  static int used(byte[] chunk, int entry, boolean valued) {
    return isLong(entry) ? 0 : endOf(chunk, place(entry), valued) - place(entry);
  }

  /** Takes an element away, whose entry stands there. */
  static void remove(byte[] chunk, int at, boolean valued) {
    int entry = entry(chunk, at);
    int count = count(chunk) - 1;
    int last = at(chunk, count);
    INT.set(chunk, at, entry(chunk, last));
    INT.set(chunk, COUNT, count);
    if (!isLong(entry)) {
      close(chunk, place(entry), endOf(chunk, place(entry), valued));
    }
  }

  private static void close(byte[] chunk, int from, int to) {
    int end = end(chunk);
    System.arraycopy(chunk, to, chunk, from, end - to);
    INT.set(chunk, END, end - (to - from));
    for (int at = chunk.length - ENTRY * count(chunk); at < chunk.length; at += ENTRY) {
      int entry = (int) INT.get(chunk, at);
      if (!isLong(entry) && place(entry) > from) {
        INT.set(chunk, at, entry - (to - from));
      }
    }
  }

  /** What has to hold, for tests. */
  static void check(byte[] chunk, byte[][] longs, boolean valued) {
    int count = count(chunk);
    ChunkTree.require(end(chunk) + ENTRY * count <= chunk.length, "the end of a bucket", end(chunk));
    int[] begins = new int[count];
    int sum = 0;
    int inPlace = 0;
    for (int i = 0; i < count; i++) {
      int entry = entry(chunk, at(chunk, i));
      if (isLong(entry)) {
        byte[] data = longs[place(entry)];
        ChunkTree.require(endOf(data, 0, valued) == data.length, "the end of a long element", data.length);
      } else {
        begins[inPlace++] = place(entry);
        sum += used(chunk, entry, valued);
      }
    }
    ChunkTree.require(sum == used(chunk), "bytes of a bucket", sum);
    Arrays.sort(begins, 0, inPlace);
    int at = HEADER;
    for (int i = 0; i < inPlace; i++) {
      ChunkTree.require(begins[i] == at, "where an element begins", begins[i]);
      at = endOf(chunk, at, valued);
    }
  }
}
