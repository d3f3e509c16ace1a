package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.collection.ElementTable;
import io.qcache.collection.ElementView;
import io.qcache.collection.LiveElements;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Stripe;

/** A scan of a hash or a set: of a large one in holds of its stripe that are short, of what is compact or packed all at once. */
final class ElementScan {
  private static final int AT_ONCE = 1_000; // elements

  private final Database db;
  private final Slice key;
  private final ValueType type;
  private final Glob match;
  private final Sink out;
  private long left;

  ElementScan(Database db, Slice key, ValueType type, long count, Glob match, Sink out) {
    this.db = db;
    this.key = key;
    this.type = type;
    this.match = match;
    this.out = out;
    this.left = count;
  }

  /** Gives elements from the cursor on; the next one, 0 behind the last. */
  long from(long cursor) {
    long at = cursor;
    do {
      at = step(at);
    } while (at != 0 && left > 0);
    return at;
  }

  private long step(long cursor) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      int record = ElementRead.locate(db, stripe, key, type);
      return record == Records.NONE ? 0 : step(stripe.recordsOrNull(db.index()), record, cursor);
    } finally {
      stripe.endRead(stamp);
    }
  }

  private long step(Records records, int record, long cursor) {
    ElementView view = ElementRead.view(records, record);
    if (view == null) {
      return 0;
    }
    boolean compact = ElementRead.encoding(records, record) == 0; // Redis gives all of those, whatever the cursor
    if (view instanceof ElementTable table && !compact) {
      return table.scan(cursor, Math.min(left, AT_ONCE), (element, value) -> {
        visit(element, value);
        left--;
      });
    }
    if (view instanceof LiveElements live && !compact) {
      return live.scan(cursor, Math.min(left, AT_ONCE), (element, value) -> {
        visit(element, value);
        left--;
      });
    }
    Slice element = new Slice();
    Slice value = new Slice();
    for (ElementView.Steps steps = view.walk(); steps.next(element, value); ) {
      visit(element, value);
    }
    return 0;
  }

  private void visit(Slice element, Slice value) {
    if (match == null || match.matches(element.array(), element.offset(), element.length())) {
      out.value(element.array(), element.offset(), element.length());
      if (type == ValueType.HASH) {
        out.value(value.array(), value.offset(), value.length());
      }
    }
  }
}
