package io.qcache.collection;

import io.qcache.engine.Slice;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link ChunkTree} as it was when this was taken.  For one thread at a time, without any lock; to be given back on every way
 * out, since until then writers copy what they change.
 */
public final class TreePin implements AutoCloseable {
  private final Node root;
  private final long size;
  private final AtomicInteger pins; // how many are out
  private boolean closed;

  TreePin(Node root, long size, AtomicInteger pins) {
    this.root = root;
    this.size = size;
    this.pins = pins;
  }

  Node root() {
    return root;
  }

  /** How many elements there are. */
  public long size() {
    return size;
  }

  /** Points the slice at the element. */
  public Slice get(long at, Slice into) {
    if (at < 0 || at >= size) {
      throw new IndexOutOfBoundsException(at + " of " + size);
    }
    return ChunkTree.get(root, at, into);
  }

  /** How many elements come before what the probe looks for. */
  public long search(ChunkTree.Probe probe) {
    return ChunkTree.search(root, probe);
  }

  /** A walk that begins before the element at {@code at}. */
  public Walk walk(long at) {
    return new Walk(root, size, at);
  }

  @Override public void close() {
    if (!closed) {
      closed = true;
      pins.decrementAndGet();
    }
  }
}
