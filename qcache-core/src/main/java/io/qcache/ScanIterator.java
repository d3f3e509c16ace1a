package io.qcache;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;

/** Fetches the next page of a scan when the one before is used up. */
final class ScanIterator<K> implements Iterator<K> {
  private final LongFunction<ScanPage<K>> pages; // by their cursors
  private ScanPage<K> page;
  private Iterator<K> rest = Collections.emptyIterator();

  ScanIterator(LongFunction<ScanPage<K>> pages) {
    this.pages = pages;
  }

  @Override public boolean hasNext() {
    while (!rest.hasNext() && (page == null || !page.isLast())) {
      page = pages.apply(page == null ? ScanPage.START : page.cursor());
      rest = page.keys().iterator();
    }
    return rest.hasNext();
  }

  @Override public K next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rest.next();
  }
}
