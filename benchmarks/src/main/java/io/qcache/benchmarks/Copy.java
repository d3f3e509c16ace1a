package io.qcache.benchmarks;

import io.qcache.engine.Sink;
import java.util.Arrays;

/** A sink that keeps a copy of one value, null where it was missing. */
final class Copy implements Sink {
  byte[] bytes;

  @Override public void value(byte[] array, int offset, int length) {
    bytes = Arrays.copyOfRange(array, offset, offset + length);
  }

  @Override public void missing() {
    bytes = null;
  }

  @Override public long mark() {
    return 0;
  }

  @Override public void rewind(long mark) {
    bytes = null;
  }
}
