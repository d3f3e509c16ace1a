package io.qcache.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sink that keeps copies, null for a missing value.  For one thread at a time. */
public final class ValueList implements Sink {
  private final ArrayList<byte[]> values = new ArrayList<>(1);

  @Override public void value(byte[] array, int offset, int length) {
    values.add(Arrays.copyOfRange(array, offset, offset + length));
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
