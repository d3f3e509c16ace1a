package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;
import io.qcache.keyspace.KeyedHash;
import io.qcache.keyspace.LargeValue;

/** A hash or a set that is large: a table, and the type's encoding.  Guarded by the stripe. */
public final class LargeElements implements LargeValue {
  private static final int OVERHEAD = 24;

  private final ElementTable table;
  private int encoding;

  private LargeElements(ElementTable table, int encoding) {
    this.table = table;
    this.encoding = encoding;
  }

  /** One of copies of the elements, with their values where they are to have some. */
  public static LargeElements of(ElementView elements, boolean valued, int encoding, KeyedHash hash) {
    ElementTable table = new ElementTable(hash, valued);
    Slice element = new Slice();
    Slice value = new Slice();
    for (ElementView.Steps steps = elements.walk(); steps.next(element, value); ) {
      table.put(element, value.array(), value.offset(), value.length());
    }
    return new LargeElements(table, encoding);
  }

  public ElementTable table() {
    return table;
  }

  /** The type's own byte, as in {@link Packed}. */
  public int encoding() {
    return encoding;
  }

  public void encoding(int as) {
    encoding = as;
  }

  @Override public long bytes() {
    return OVERHEAD + table.bytes();
  }

  @Override public LargeElements copied() {
    return new LargeElements(table.copied(), encoding);
  }

  @Override public Frozen frozen() {
    return new FrozenElements(table.pin());
  }

  private record FrozenElements(TablePin pin) implements Frozen {
    @Override public void give(SnapshotSink sink) {
      sink.elements(pin.isValued() ? 2 * pin.size() : pin.size());
      Slice element = new Slice();
      Slice value = new Slice();
      for (ElementView.Steps steps = pin.walk(); steps.next(element, value); ) {
        sink.value(element.array(), element.offset(), element.length());
        if (pin.isValued()) {
          sink.value(value.array(), value.offset(), value.length());
        }
      }
    }

    @Override public void close() {
      pin.close();
    }
  }
}
