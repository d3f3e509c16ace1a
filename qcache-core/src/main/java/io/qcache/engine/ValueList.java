package io.qcache.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sink that keeps copies, null for a missing value.  For one thread at a time. */
public final class ValueList implements Sink {
  private final ArrayList<byte[]> values = new ArrayList<>(1);
  private int filled; // of the value that comes in parts

  @Override public void value(byte[] array, int offset, int length) {
    values.add(Arrays.copyOfRange(array, offset, offset + length));
  }

  @Override public void begin(int length) {
    values.add(new byte[length]);
    filled = 0;
  }

  @Override public void part(byte[] array, int offset, int length) {
    System.arraycopy(array, offset, values.get(values.size() - 1), filled, length);
    filled += length;
  }

  @Override public void missing() {
    values.add(null);
  }

  @Override public long mark() {
    return values.size();
  }

  @Override public void rewind(long mark) {
    values.subList((int) mark, values.size()).clear();
  }

  /** The only value that was given, or null. */
  public byte[] only() {
    return values.get(0);
  }

  /** The list itself. */
  public List<byte[]> all() {
    return values;
  }
}
