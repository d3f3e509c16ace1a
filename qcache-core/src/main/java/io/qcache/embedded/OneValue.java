package io.qcache.embedded;

import io.qcache.engine.Sink;
import java.util.Arrays;

/** A sink for one value, of which it keeps a copy. */
final class OneValue implements Sink {
  private byte[] value;

  /** The copy, or null where the value was missing. */
  byte[] value() {
    return value;
  }

  @Override public void value(byte[] array, int offset, int length) {
    value = Arrays.copyOfRange(array, offset, offset + length);
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
