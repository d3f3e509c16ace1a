package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.keyspace.Entry;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;

/**
 * A walk over a database in the order of the hash.  The cursor is a prefix of the hash, below 2^53 so that every client's
 * numbers hold it: the stripe, then the home in the stripe's table, at whatever size that has now.
 * <pre>
 *   cursor << 11 = | stripe bits | home bits | 0 … |
 * </pre>
 * A table that grows splits each home in two neighbours, one that shrinks joins them: all before the cursor stays before it,
 * but that the part of a joined home in front of the cursor is met again.
 */
final class Scan {
  /** The most homes looked at in one hold of a stripe. */
  static final int HOMES_AT_ONCE = 256;
  private static final int CURSOR_SHIFT = 11;

  private final Engine engine;
  private final int database;
  private final Glob match;
  private final ValueType type;
  private final Sink out;

  Scan(Database db, Glob match, ValueType type, Sink out) {
    this.engine = db.engine();
    this.database = db.index();
    this.match = match;
    this.type = type;
    this.out = out;
  }

  /** Looks at about {@code count} keys from the cursor on; the next cursor. */
  long step(long cursor, long count) {
    long position = cursor << CURSOR_SHIFT;
    long homesLeft = count > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : count * 10; // so that a sparse table ends a step too
    long keysLeft = count;
    do {
      Stripe stripe = engine.stripe(position);
      long stamp = stripe.beginRead();
      try {
        Section section = stripe.sectionOrNull(database);
        int bits = engine.stripeBits() + (section == null ? 0 : section.homeBits());
        for (int i = 0; i < HOMES_AT_ONCE && keysLeft > 0 && homesLeft > 0; i++) {
          keysLeft -= section == null ? 0 : home(section, homeOf(position, section.homeBits()));
          homesLeft--;
          long next = (leading(position, bits) + 1) << 1 << (Long.SIZE - 1 - bits); // twice: no shift by 64
          boolean leaves = bits == 0 || next == 0 || engine.stripe(next) != stripe;
          position = bits == 0 ? 0 : next;
          if (leaves) {
            break;
          }
        }
      } finally {
        stripe.endRead(stamp);
      }
    } while (position != 0 && keysLeft > 0 && homesLeft > 0);
    return position >>> CURSOR_SHIFT;
  }

  private static long leading(long position, int bits) {
    return position >>> 1 >>> (Long.SIZE - 1 - bits);
  }

  private int homeOf(long position, int homeBits) {
    return (int) leading(position << engine.stripeBits(), homeBits);
  }

  /** Gives what matches of the entries of a home; how many entries it has. */
  private int home(Section section, int home) {
    int n = 0;
    for (Entry entry = section.atHome(home, n); entry != null; entry = section.atHome(home, ++n)) {
      if (fits(entry) && !section.isDue(entry)) {
        KeyOps.giveKey(entry, out);
      }
    }
    return n;
  }

  private boolean fits(Entry entry) {
    Slice key = entry.key();
    return (type == null || type == entry.type())
        && (match == null || match.matches(key.array(), key.offset(), key.length()));
  }
}
