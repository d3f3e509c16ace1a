package io.qcache.embedded;

import io.qcache.engine.Sink;
import io.qcache.engine.Slice;

/**
 * What the everyday operations need for a moment, one a thread, so that they allocate nothing: two slices, and a sink
 * for one value that goes into an array of its own or of the caller's.  A codec that uses the cache while it decodes
 * finds it taken and gets a fresh one.
 */
final class Scratch implements Sink {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);
  private static final int KEPT_BYTES = 1 << 16; // a longer array is let go of
  private static final byte[] NOTHING = {};

  final Slice key = new Slice();
  final Slice value = new Slice();
  private byte[] own = new byte[64];
  private byte[] into; // the caller's, or null
  private int at;
  private int length = -1;
  private int filled;
  private boolean taken;

  /** The thread's, or a fresh one; to be given back. */
  static Scratch take() {
    Scratch scratch = OF_THREAD.get();
    Scratch free = scratch.taken ? new Scratch() : scratch;
    free.taken = true;
    return free;
  }

  /** Lets go of everything. */
  void giveBack() {
    key.wrap(NOTHING);
    value.wrap(NOTHING);
    into = null;
    length = -1;
    if (own.length > KEPT_BYTES) {
      own = new byte[64];
    }
    taken = false;
  }

  /** The next value goes to {@code array} from {@code offset} on, if it fits. */
  void into(byte[] array, int offset) {
    into = array;
    at = offset;
  }

  /** The length of the value that was given, -1 where it was missing. */
  int length() {
    return length;
  }

  /** The array whose first {@link #length} bytes are the value that was given. */
  byte[] bytes() {
    return own;
  }

  @Override public void value(byte[] array, int offset, int count) {
    begin(count);
    part(array, offset, count);
  }

  @Override public void begin(int count) {
    length = count;
    filled = 0;
    if (into == null && count > own.length) {
      own = new byte[Math.max(count, Math.min(own.length * 2, KEPT_BYTES))];
    }
  }

  @Override public void part(byte[] array, int offset, int count) {
    if (into == null) {
      System.arraycopy(array, offset, own, filled, count);
    } else if (length <= into.length - at) {
      System.arraycopy(array, offset, into, at + filled, count);
    }
    filled += count;
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
