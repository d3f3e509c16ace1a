package io.qcache.net.room;

import io.qcache.engine.Sink;

/** A sink that keeps nothing. */
final class Nowhere implements Sink {
  @Override public void value(byte[] array, int offset, int length) {}

  @Override public void begin(int length) {}

  @Override public void part(byte[] array, int offset, int length) {}

  @Override public void missing() {}

  @Override public long mark() {
    return 0;
  }

  @Override public void rewind(long mark) {}
}
