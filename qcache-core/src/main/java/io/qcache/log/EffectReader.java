package io.qcache.log;

import io.qcache.engine.Slice;
import io.qcache.engine.Slices;

/** Reads what {@link Effects} has written.  Whatever the bytes are, it reads within them, or throws. */
public final class EffectReader {
  private byte[] array;
  private int at;
  private int end;

  public EffectReader wrap(byte[] bytes, int from, int to) {
    array = bytes;
    at = from;
    end = to;
    return this;
  }

  /** Where the next byte is read. */
  public int at() {
    return at;
  }

  /** The next kind, or -1 at the end. */
  public int kind() {
    return at == end ? -1 : next();
  }

  private int next() {
    require(at < end);
    return array[at++] & 0xff;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("an effect ends before it is whole, or says more than there can be");
    }
  }

  public long number() {
    long value = 0;
    for (int shift = 0;; shift += 7) {
      require(shift < Long.SIZE);
      int part = next();
      value |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return value;
      }
    }
  }

  /** A number up to {@code most}. */
  public int number(int most) {
    long number = number();
    require(number >= 0 && number <= most);
    return (int) number;
  }

  public long fixed() {
    require(end - at >= Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value |= (array[at++] & 0xffL) << 8 * i;
    }
    return value;
  }

  public double score() {
    return Double.longBitsToDouble(fixed());
  }

  /** Points the slice at the next bytes, in place. */
  public Slice bytes(Slice into) {
    int length = number(end - at);
    require(length <= end - at);
    at += length;
    return into.wrap(array, at - length, length);
  }

  /** Points the slice at the next element of a list, in place; false behind the last. */
  public boolean element(Slice into) {
    long length = number() - 1;
    require(length < end - at);
    if (length < 0) {
      return false;
    }
    at += (int) length;
    into.wrap(array, at - (int) length, (int) length);
    return true;
  }

  /** A whole list, in place. */
  public Slices list(Slices into) {
    into.clear();
    for (Slice element = new Slice(); element(element); ) {
      into.add(element.array(), element.offset(), element.length());
    }
    return into;
  }
}
