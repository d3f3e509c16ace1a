package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import java.util.Arrays;

/**
 * A chunk of a list: the codes of the elements' {@link Form}s, and apart from them what those do not say.
 * <pre>
 *   codes   [ 3 │ int 5 │ int of 2 bytes │ 2 ]                          count 4
 *   data    ░░░[ abc ][ 1000 ][ hi ]░░░░░░░░
 * </pre>
 * Where an element begins is the sum of what stands before it, or behind it.
 */
final class ListChunk extends Chunk {
  private static final int OVERHEAD = 40 + 16; // its fields, and the header of the codes

  private byte[] codes;
  private int start;

  private ListChunk(byte[] data, byte[] codes, int start, int end, int count) {
    super(data, end, count);
    this.codes = codes;
    this.start = start;
  }

  /** A chunk of a copy of that element, the free room before it or behind it. */
  static ListChunk of(Form element, boolean roomBefore) {
    int length = element.bytes();
    int room = length > MOST_BYTES || length == 0 ? length : Math.min(MOST_BYTES, Math.max(32, length * 2));
    Allocation.comes();
    byte[] data = room == 0 ? NOTHING : new byte[room];
    byte[] codes = new byte[8];
    int at = roomBefore ? room - length : 0;
    element.put(data, at);
    codes[0] = element.code();
    return new ListChunk(data, codes, at, at + length, 1);
  }

  @Override ListChunk copied() {
    Allocation.comes();
    return new ListChunk(data.length == 0 ? NOTHING : data.clone(), codes.clone(), start, end, count);
  }

  @Override int bytes() {
    return OVERHEAD + codes.length + (data.length == 0 ? 0 : 16 + data.length);
  }

  @Override int start() {
    return start;
  }

  @Override int place(int index) {
    if (index <= count / 2) {
      int at = start;
      for (int i = 0; i < index; i++) {
        at += Form.bytes(codes[i], data, at);
      }
      return at;
    }
    int at = end;
    for (int i = count - 1; i >= index; i--) {
      at -= Form.bytesBefore(codes[i], data, at);
    }
    return at;
  }

  @Override int next(int index, int place, Slice into) {
    return place + Form.wrap(codes[index], data, place, into);
  }

  @Override int previous(int index, int end, Slice into) {
    byte code = codes[index];
    int place = end - Form.bytesBefore(code, data, end);
    Form.wrap(code, data, place, into);
    return place;
  }

  @Override void reservePlaces(int elements) {
    if (count + elements > codes.length) {
      Allocation.comes();
      codes = Arrays.copyOf(codes, Math.min(MOST, Math.max(count + elements, count * 2)));
    }
  }

  @Override void moved(int by) {
    start += by;
  }

  @Override void inserted(int index, int at, Form element, boolean left) {
    if (left) {
      start -= element.bytes();
    }
    System.arraycopy(codes, index, codes, index + 1, count - index);
    codes[index] = element.code();
  }

  @Override void removed(int first, int last, int bytes, boolean left) {
    if (left) {
      start += bytes;
    }
    System.arraycopy(codes, last, codes, first, count - last);
  }

  @Override void recoded(int index, Form element) {
    codes[index] = element.code();
  }

  @Override void become(Form element) {
    ListChunk other = of(element, false);
    data = other.data;
    codes = other.codes;
    start = other.start;
    end = other.end;
  }

  @Override ListChunk tail(int index) {
    int from = place(index);
    int used = end - from;
    Allocation.comes();
    byte[] tail = used == 0 ? NOTHING : roomy(used);
    byte[] own = new byte[Math.min(MOST, (count - index) * 5 / 4 + 4)];
    System.arraycopy(data, from, tail, 0, used);
    System.arraycopy(codes, index, own, 0, count - index);
    return new ListChunk(tail, own, 0, used, count - index);
  }

  @Override void appended(Chunk right, int by) {
    System.arraycopy(((ListChunk) right).codes, 0, codes, count, right.count);
  }

  @Override void trimPlaces() {
    if (count < codes.length) {
      Allocation.comes();
      codes = Arrays.copyOf(codes, count);
    }
  }

  @Override void check() {
    super.check();
    ChunkTree.require(count <= codes.length, "codes of a chunk", codes.length);
    int at = start;
    for (int i = 0; i < count; i++) {
      ChunkTree.require(at == place(i), "where an element begins", i);
      at += Form.bytes(codes[i], data, at);
    }
    ChunkTree.require(at == end, "the end of the last element", at);
  }
}
