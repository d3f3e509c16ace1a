package io.qcache.embedded;

import io.qcache.engine.Sink;
import java.util.Objects;

/** A sink that copies one value into the caller's array, if it fits. */
final class IntoBuffer implements Sink {
  private final byte[] into;
  private final int at;
  private int length = -1;
  private int filled; // where it comes in parts

  IntoBuffer(byte[] into, int at) {
    Objects.checkFromIndexSize(at, 0, into.length);
    this.into = into;
    this.at = at;
  }

  /** The value's length, whether it fitted or not; -1 where it was missing. */
  int length() {
    return length;
  }

  @Override public void value(byte[] array, int offset, int newLength) {
    length = newLength;
    if (newLength <= into.length - at) {
      System.arraycopy(array, offset, into, at, newLength);
    }
  }

  @Override public void begin(int newLength) {
    length = newLength;
    filled = 0;
  }

  @Override public void part(byte[] array, int offset, int count) {
    if (length <= into.length - at) {
      System.arraycopy(array, offset, into, at + filled, count);
      filled += count;
    }
  }

  @Override public void missing() {
    length = -1;
  }

  @Override public long mark() {
    return 0;
  }

  @Override public void rewind(long mark) {
    length = -1;
  }
}
