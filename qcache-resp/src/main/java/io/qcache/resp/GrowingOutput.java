package io.qcache.resp;

import java.util.Arrays;

/** An output of one array that doubles: for a client, and for tests.  Not thread-safe. */
public final class GrowingOutput extends Output {
  private static final int KEPT = 64 << 10;
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final int initialBytes;

  public GrowingOutput() {
    this(256);
  }

  public GrowingOutput(int initialBytes) {
    super(new byte[Math.max(initialBytes, MOST_CONTIGUOUS)], 0, Math.max(initialBytes, MOST_CONTIGUOUS));
    this.initialBytes = limit;
  }

  /** The bytes written, as {@code array()[0, size())}; another array may take its place with the next byte written. */
  public byte[] array() {
    return array;
  }

  /** Bytes written since the last {@link #clear()}. */
  public int size() {
    return position;
  }

  /** A copy of the bytes written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(array, position);
  }

  /** Forgets what was written; an array above 64 KiB is given back. */
  public void clear() {
    position = 0;
    if (limit > Math.max(KEPT, initialBytes)) {
      array = new byte[initialBytes];
      limit = initialBytes;
    }
  }

  @Override public long mark() {
    return position;
  }

  @Override public void rewind(long mark) {
    if (mark < 0 || mark > position) {
      throw new IllegalArgumentException("mark must be within 0.." + position + ": was " + mark);
    }
    position = (int) mark;
  }

  @Override protected void more(int contiguous) {
    if (position > LONGEST - contiguous) {
      throw new OutOfMemoryError("an output of more than " + LONGEST + " bytes");
    }
    array = Arrays.copyOf(array, (int) Math.min(2L * limit, LONGEST));
    limit = array.length;
  }
}
