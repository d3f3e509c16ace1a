package io.qcache.embedded;

import io.qcache.engine.Sink;
import java.util.Arrays;

/** A sink for one value, of which it keeps a copy. */
final class OneValue implements Sink {
  private byte[] value;
  private int filled; // where it comes in parts

  /** The copy, or null where the value was missing. */
  byte[] value() {
    return value;
  }

  @Override public void value(byte[] array, int offset, int length) {
    value = Arrays.copyOfRange(array, offset, offset + length);
  }

  @Override public void begin(int length) {
    value = new byte[length];
    filled = 0;
  }

  @Override public void part(byte[] array, int offset, int length) {
    System.arraycopy(array, offset, value, filled, length);
    filled += length;
  }

  @Override public void missing() {
    value = null;
  }

  @Override public long mark() {
    return 0;
  }

  @Override public void rewind(long mark) {
    value = null;
  }
}
