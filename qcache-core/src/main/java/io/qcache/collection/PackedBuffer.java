package io.qcache.collection;

import io.qcache.engine.Slice;
import java.util.Arrays;

/**
 * Where a packed collection is written before its record is: in a thread's own array, which is used again.  {@link Packed} draws
 * the layout.
 */
public final class PackedBuffer {
  private static final ThreadLocal<PackedBuffer> OF_THREAD = ThreadLocal.withInitial(PackedBuffer::new);
  private static final int KEPT_BYTES = 1 << 17; // a longer array is let go of

  private byte[] array = new byte[256];
  private int length;
  private int count;

  private PackedBuffer() {}

  /** The thread's, begun anew: good until the thread takes it again. */
  public static PackedBuffer take(int encoding) {
    PackedBuffer buffer = OF_THREAD.get();
    if (buffer.array.length > KEPT_BYTES) {
      buffer.array = new byte[256];
    }
    buffer.length = Packed.HEADER_BYTES;
    buffer.count = 0;
    buffer.array[0] = (byte) encoding;
    return buffer;
  }

  public PackedBuffer encoding(int encoding) {
    array[0] = (byte) encoding;
    return this;
  }

  /** Adds an element. */
  public PackedBuffer add(byte[] from, int offset, int bytes) {
    return add(Form.of(from, offset, bytes));
  }

  private PackedBuffer add(Form element) {
    reserve(1L + element.bytes());
    length = Packed.put(array, length, element);
    count++;
    return this;
  }

  public PackedBuffer add(Slice element) {
    return add(Form.of(element));
  }

  /** Adds elements that are packed already, from {@code start} to before {@code end}. */
  public PackedBuffer addPacked(byte[] from, int start, int end, int elements) {
    reserve((long) end - start);
    System.arraycopy(from, start, array, length, end - start);
    length += end - start;
    count += elements;
    return this;
  }

  /** Puts another element in the place of the one at {@code at}. */
  public PackedBuffer replace(int at, Slice element) {
    return replace(at, Form.of(element));
  }

  /** Puts the deadline of a field, as {@link FieldDeadline} has it, in the place of the one at {@code at}. */
  public PackedBuffer replaceDeadline(int at, long millis) {
    return replace(at, FieldDeadline.form(millis));
  }

  private PackedBuffer replace(int at, Form element) {
    int behind = Packed.skip(array, at);
    int more = 1 + element.bytes() - (behind - at);
    reserve(more);
    System.arraycopy(array, behind, array, behind + more, length - behind);
    length += more;
    Packed.put(array, at, element);
    return this;
  }

  /** Takes away so many elements from the one at {@code at} on. */
  public PackedBuffer remove(int at, int elements) {
    int behind = Packed.skip(array, at, elements);
    System.arraycopy(array, behind, array, at, length - behind);
    length -= behind - at;
    count -= elements;
    return this;
  }

  /** Adds bytes that are the type's own layout. */
  public PackedBuffer addRaw(byte[] from, int start, int bytes) {
    return addPacked(from, start, start + bytes, 0);
  }

  /** Says how many elements there are, where not all of them came by {@link #add}. */
  public PackedBuffer count(int elements) {
    count = elements;
    return this;
  }

  public int count() {
    return count;
  }

  private void reserve(long more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(length + more, 2L * array.length)));
    }
  }

  /** The packed collection, from 0 to {@link #length}; good until the next change. */
  public byte[] array() {
    Packed.setCount(array, 0, count);
    return array;
  }

  /** The bytes of the packed collection. */
  public int length() {
    return length;
  }
}
