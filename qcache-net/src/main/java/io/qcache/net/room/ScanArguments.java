package io.qcache.net.room;

import io.qcache.ValueType;
import io.qcache.engine.Glob;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import java.util.Locale;

/** What SCAN and its like may be told: a cursor, and what stands behind it. */
final class ScanArguments {
  private static final int DEFAULT_COUNT = 10;

  private final boolean typed; // whether a type may be asked for
  private Glob match;
  private long count = DEFAULT_COUNT;
  private ValueType type;
  private boolean unknownType;

  /** Of SCAN itself. */
  ScanArguments(Call call) {
    this(call, 2, true);
  }

  private ScanArguments(Call call, int from, boolean typed) {
    this.typed = typed;
    for (int i = from; i < call.count(); i += 2) {
      if (i + 1 == call.count()) {
        throw Refusal.SYNTAX;
      }
      take(call, i);
    }
  }

  /** Of a scan within a key, whose cursor stands behind the key. */
  static ScanArguments within(Call call) {
    return new ScanArguments(call, 3, false);
  }

  /** An unsigned number of 64 bits, with a sign or none, as strtoul takes it; nothing at all is 0. */
  static long cursor(Slice text) {
    int from = text.length() > 0 && (text.at(0) == '-' || text.at(0) == '+') ? 1 : 0;
    long value = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.at(i) - '0';
      boolean fits = Long.compareUnsigned(value, Long.divideUnsigned(-1 - digit, 10)) <= 0;
      if (digit < 0 || digit > 9 || !fits) {
        throw Refusal.INVALID_CURSOR;
      }
      value = value * 10 + digit;
    }
    if (from == 1 && text.length() == 1) {
      throw Refusal.INVALID_CURSOR;
    }
    return from == 1 && text.at(0) == '-' ? -value : value;
  }

  private void take(Call call, int i) {
    Slice option = call.slice(i);
    if (option.is("MATCH")) {
      match = Glob.of(call.slice(i + 1));
    } else if (option.is("COUNT")) {
      count = call.integer(i + 1);
      if (count < 1) {
        throw Refusal.SYNTAX;
      }
    } else if (typed && option.is("TYPE")) {
      type = typeOf(call.slice(i + 1));
      unknownType = type == null;
    } else {
      throw Refusal.SYNTAX;
    }
  }

  private static ValueType typeOf(Slice name) {
    for (ValueType type : ValueType.values()) {
      if (name.is(type.wireName().toUpperCase(Locale.ROOT))) {
        return type;
      }
    }
    return null;
  }

  /** Null for all. */
  Glob match() {
    return match;
  }

  long count() {
    return count;
  }

  /** Null for all, and for one there is not. */
  ValueType type() {
    return type;
  }

  /** Whether a type is asked for that no value has. */
  boolean isUnknownType() {
    return unknownType;
  }
}
