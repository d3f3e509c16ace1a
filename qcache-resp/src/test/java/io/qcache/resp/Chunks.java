package io.qcache.resp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An output of small chunks, as a server has them large: so every write meets a chunk's end sooner or later. */
final class Chunks extends Output {
  private final int size;
  private final List<byte[]> full = new ArrayList<>();

  Chunks(int size) {
    super(new byte[size], 0, size);
    this.size = size;
  }

  byte[] written() {
    int length = position;
    for (byte[] chunk : full) {
      length += chunk.length;
    }
    byte[] all = Arrays.copyOf(full.isEmpty() ? array : full.get(0), length);
    int at = 0;
    for (byte[] chunk : full) {
      System.arraycopy(chunk, 0, all, at, chunk.length);
      at += chunk.length;
    }
    System.arraycopy(array, 0, all, at, position);
    return all;
  }

  @Override protected void more(int contiguous) {
    assert contiguous <= MOST_CONTIGUOUS && contiguous > limit - position : contiguous;
    full.add(Arrays.copyOf(array, position));
    array = new byte[Math.max(size, contiguous)];
    position = 0;
    limit = array.length;
  }

  @Override public long mark() {
    return (long) full.size() << 32 | position;
  }

  @Override public void rewind(long mark) {
    int chunk = (int) (mark >> 32);
    if (chunk < full.size()) {
      array = Arrays.copyOf(full.get(chunk), Math.max(size, full.get(chunk).length));
      full.subList(chunk, full.size()).clear();
    }
    position = (int) mark;
    limit = array.length;
  }
}
