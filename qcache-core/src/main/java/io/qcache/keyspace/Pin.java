package io.qcache.keyspace;

import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import io.qcache.engine.SnapshotSink;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bytes of a large value as they were when it was taken: a root of chunks that nobody changes any more.  For one
 * thread at a time, without any lock; to be given back on every way out, since until then writers copy what they
 * change.
 */
public final class Pin implements Producer, LargeValue.Frozen {
  private final byte[][] root;
  private int from;
  private int length;
  private final AtomicInteger pins; // how many are out
  private int given = -1; // bytes, by the producer; before it began: -1

  Pin(byte[][] root, int length, AtomicInteger pins) {
    this.root = root;
    this.length = length;
    this.pins = pins;
  }

  /** Leaves {@code count} bytes from {@code offset} on, before anything has been given; itself. */
  public Pin narrow(int offset, int count) {
    from += offset;
    length = count;
    return this;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Gives {@code count} bytes from {@code offset} on, chunk by chunk. */
  public void give(int offset, int count, Sink out) {
    Chunks.give(root, from + offset, count, out);
  }

  @Override public void give(SnapshotSink sink) {
    give(0, length, sink);
  }

  @Override public boolean give(Sink out, int bytes) {
    if (given < 0) {
      out.begin(length);
      given = 0;
    }
    int part = Math.min(bytes, length - given);
    Chunks.giveParts(root, from + given, part, out);
    given += part;
    return given < length;
  }

  @Override public void close() {
    pins.decrementAndGet();
  }
}
