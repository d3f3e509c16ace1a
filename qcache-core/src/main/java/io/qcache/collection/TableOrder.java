package io.qcache.collection;

import io.qcache.engine.Slice;
import java.util.random.RandomGenerator;

/** All elements of an {@link ElementTable}, or of a pin of it, in a random order: every place where one might be is looked at in
 *  the order of a {@link Shuffle}.  For one thread at a time. */
public final class TableOrder implements ElementView.Steps {
  private final Elements elements;
  private final Shuffle places;

  TableOrder(Elements elements, RandomGenerator random) {
    this.elements = elements;
    this.places = new Shuffle((long) elements.buckets * elements.most, random);
  }

  @Override public boolean next(Slice element, Slice value) {
    while (places.hasNext()) {
      long place = places.next();
      int bucket = (int) (place / elements.most);
      int index = (int) (place % elements.most);
      if (index < elements.count(bucket)) {
        elements.wrap(bucket, index, element, value);
        return true;
      }
    }
    return false;
  }
}
