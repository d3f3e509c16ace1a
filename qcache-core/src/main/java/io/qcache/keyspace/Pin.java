package io.qcache.keyspace;

import io.qcache.engine.Sink;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bytes of a large value as they were when it was taken: a root of chunks that nobody changes any more.  For one
 * thread at
 * a time, without any lock; to be given back on every way out, since until then writers copy what they change.
 */
public final class Pin implements AutoCloseable {
  private final byte[][] root;
  private final int length;
  private final AtomicInteger pins; // how many are out

  Pin(byte[][] root, int length, AtomicInteger pins) {
    this.root = root;
    this.length = length;
    this.pins = pins;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Gives {@code count} bytes from {@code offset} on, chunk by chunk. */
  public void give(int offset, int count, Sink out) {
    Chunks.give(root, offset, count, out);
  }

  @Override public void close() {
    pins.decrementAndGet();
  }
}
