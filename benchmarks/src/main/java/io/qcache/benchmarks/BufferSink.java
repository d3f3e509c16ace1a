package io.qcache.benchmarks;

import io.qcache.engine.Sink;

/** Copies a small value into an array, again and again, as an event loop does. */
final class BufferSink implements Sink {
  private final byte[] into;
  private int length;

  BufferSink(byte[] into) {
    this.into = into;
  }

  /** The length of the last value, -1 where it was missing. */
  int length() {
    return length;
  }

  @Override public void value(byte[] array, int offset, int count) {
    System.arraycopy(array, offset, into, 0, count);
    length = count;
  }

  @Override public void begin(int count) {
    throw new UnsupportedOperationException("values here are small");
  }

  @Override public void part(byte[] array, int offset, int count) {}

  @Override public void missing() {
    length = -1;
  }

  @Override public long mark() {
    return 0;
  }

  @Override public void rewind(long mark) {}
}
