package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Stripe;

/**
 * A walk over a database in the order of the hash.  The cursor is a prefix of the hash, below 2^53 so that every
 * client's numbers hold it: the stripe, then the home in the stripe's index, at whatever size that has now.
 * <pre>
 *   cursor << 11 = │ stripe bits │ 30 bits, of which the home's lead │ 0 … │
 * </pre>
 * A table that grows splits each home in two neighbours, one that shrinks joins them: all before the cursor stays
 * before it, but that the part of a joined home in front of the cursor is met again.
 */
final class Scan {
  /** The most homes looked at in one hold of a stripe. */
  static final int HOMES_AT_ONCE = 256;
  /** The most stripes looked into in one step, so that it ends soon in an empty database too. */
  static final int STRIPES_AT_ONCE = 1024;
  private static final int CURSOR_SHIFT = 11;
  private static final int PLACE_BITS = 30;

  private final Engine engine;
  private final int database;
  private final Glob match;
  private final ValueType type;
  private final Sink out;
  private final Slice key = new Slice();
  private long keysLeft;
  private long homesLeft;

  Scan(Database db, Glob match, ValueType type, Sink out) {
    this.engine = db.engine();
    this.database = db.index();
    this.match = match;
    this.type = type;
    this.out = out;
  }

  /** Looks at about {@code count} keys from the cursor on; the next cursor. */
  long step(long cursor, long count) {
    int placeShift = Long.SIZE - engine.stripeBits() - PLACE_BITS;
    long position = cursor << CURSOR_SHIFT;
    homesLeft = count > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : count * 10; // so that a sparse table ends a step too
    keysLeft = count;
    int stripe = (int) (position >>> 1 >>> Long.SIZE - 1 - engine.stripeBits());
    long place = position << engine.stripeBits() >>> Long.SIZE - PLACE_BITS;
    int last = Math.min(engine.stripes(), stripe + STRIPES_AT_ONCE);
    while (stripe < last && keysLeft > 0 && homesLeft > 0) {
      place = walk(engine.stripe(stripe), (int) place);
      if (place == Records.END) {
        stripe++;
        place = 0;
      }
    }
    return stripe == engine.stripes() ? 0 : ((long) stripe << PLACE_BITS | place) << placeShift >>> CURSOR_SHIFT;
  }

  /** Walks over some homes of a stripe under its lock; where the next begins, or {@link Records#END}. */
  private int walk(Stripe stripe, int from) {
    int place = from;
    long stamp = stripe.beginRead();
    try {
      Records records = stripe.recordsOrNull(database);
      if (records == null || records.size() == 0) {
        return Records.END;
      }
      for (int i = 0; i < HOMES_AT_ONCE && homesLeft > 0 && keysLeft > 0 && place != Records.END; i++) {
        homesLeft--;
        place = records.visitHome(place, record -> visit(records, record));
      }
      return place;
    } finally {
      stripe.endRead(stamp);
    }
  }

  private void visit(Records records, int record) {
    keysLeft--;
    records.keyOf(record, key);
    boolean fits = (type == null || type == records.type(record))
        && (match == null || match.matches(key.array(), key.offset(), key.length()));
    if (fits && !records.isDue(record)) {
      out.value(key.array(), key.offset(), key.length());
    }
  }
}
