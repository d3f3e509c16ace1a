package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.keyspace.Records;

/**
 * A pattern of SORT: a key with an element in the place of its star, perhaps {@code ->} and a field of the hash there.
 * C reads it up to its first zero byte where it looks for these, and so do we.  For one sort, under its plan.
 */
final class SortPattern {
  private static final int NONE = -1;

  private final Slice text;
  private final int star;
  private final int arrow; // NONE where it leads to a string
  private final boolean itself;

  SortPattern(Slice text) {
    this.text = text;
    this.star = star(text);
    this.arrow = star < 0 ? NONE : arrow(text, star + 1);
    this.itself = text.length() > 0 && text.at(0) == '#' && (text.length() == 1 || text.at(1) == 0);
  }

  /** Where its star is, or below zero. */
  static int star(Slice text) {
    for (int i = 0; i < text.length() && text.at(i) != 0; i++) {
      if (text.at(i) == '*') {
        return i;
      }
    }
    return NONE;
  }

  private static int arrow(Slice text, int from) {
    for (int i = from; i + 2 < text.length() && text.at(i) != 0; i++) {
      if (text.at(i) == '-' && text.at(i + 1) == '>') {
        return text.at(i + 2) == 0 ? NONE : i;
      }
    }
    return NONE;
  }

  /** What it leads to for an element, null where that is nothing. */
  byte[] valueFor(Database db, byte[] element) {
    if (itself) {
      return element;
    }
    if (star < 0) {
      return null;
    }
    Slice key = keyFor(element);
    Records records = db.held(key).records();
    int record = records.peek(key);
    ValueType wanted = arrow < 0 ? ValueType.STRING : ValueType.HASH;
    if (record == Records.NONE) {
      db.lookedUp(key, false);
      return null;
    }
    if (records.type(record) != wanted) {
      return null;
    }
    ValueList out = new ValueList();
    if (arrow < 0) {
      StringOps.get(db, key, out);
    } else {
      HashOps.get(db, key, part(arrow + 2, text.length()), out);
    }
    return out.only();
  }

  private Slice keyFor(byte[] element) {
    int end = arrow < 0 ? text.length() : arrow;
    byte[] key = new byte[end - 1 + element.length];
    System.arraycopy(text.array(), text.offset(), key, 0, star);
    System.arraycopy(element, 0, key, star, element.length);
    System.arraycopy(text.array(), text.offset() + star + 1, key, star + element.length, end - star - 1);
    return new Slice().wrap(key);
  }

  private Slice part(int from, int to) {
    return new Slice().wrap(text.array(), text.offset() + from, to - from);
  }
}
