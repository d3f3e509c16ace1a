package io.qcache.collection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An {@link ElementTable} as it was when this was taken.  Without any lock; to be given back on every way out, since until then
 * writers copy what they change.
 */
public final class TablePin extends Elements implements AutoCloseable {
  private final AtomicInteger pins; // how many are out
  final long bytes;
  final long inPlace;
  private boolean closed;

  TablePin(ElementTable table, AtomicInteger pins) {
    super(table.hash, table.valued);
    this.root = table.root;
    this.buckets = table.buckets;
    this.size = table.size;
    this.most = table.most;
    this.bytes = table.bytes();
    this.inPlace = table.inPlace();
    this.pins = pins;
  }

  @Override public long bytes() {
    return bytes;
  }

  @Override public TablePin kept() {
    return this;
  }

  @Override public void close() {
    if (!closed) {
      closed = true;
      pins.decrementAndGet();
    }
  }
}
