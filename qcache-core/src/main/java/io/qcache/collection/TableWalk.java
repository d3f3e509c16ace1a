package io.qcache.collection;

import io.qcache.engine.Slice;

/** A walk over all elements of an {@link ElementTable} or of a pin of it.  For one thread at a time. */
public final class TableWalk implements ElementView.Steps {
  private final Elements elements;
  private int bucket;
  private int index;

  TableWalk(Elements elements) {
    this.elements = elements;
  }

  @Override public boolean next(Slice element, Slice value) {
    while (bucket < elements.buckets) {
      if (index < elements.count(bucket)) {
        elements.wrap(bucket, index++, element, value);
        return true;
      }
      bucket++;
      index = 0;
    }
    return false;
  }
}
