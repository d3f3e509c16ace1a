package io.qcache;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Fetches the next page of a scan when the one before is used up. */
final class ScanIterator<K> implements Iterator<K> {
  private final Keys<K> keys;
  private final ScanOptions options;
  private ScanPage<K> page;
  private Iterator<K> rest = Collections.emptyIterator();

  ScanIterator(Keys<K> keys, ScanOptions options) {
    this.keys = keys;
    this.options = options;
  }

  @Override public boolean hasNext() {
    while (!rest.hasNext() && (page == null || !page.isLast())) {
      page = keys.scanPage(page == null ? ScanPage.START : page.cursor(), options);
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
