package io.qcache.net.room;

import io.qcache.ValueType;
import io.qcache.engine.Glob;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** What SCAN may be told behind its cursor. */
final class ScanArguments {
  private static final int DEFAULT_COUNT = 10;

  private Glob match;
  private long count = DEFAULT_COUNT;
  private ValueType type;
  private boolean unknownType;

  ScanArguments(Call call) {
    for (int i = 2; i < call.count(); i += 2) {
      if (i + 1 == call.count()) {
        throw Refusal.SYNTAX;
      }
      take(call, i);
    }
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
    } else if (option.is("TYPE")) {
      type = typeOf(call.slice(i + 1));
      unknownType = type == null;
    } else {
      throw Refusal.SYNTAX;
    }
  }

  private static ValueType typeOf(Slice name) {
    for (ValueType type : ValueType.values()) {
      if (name.is(type.name())) {
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
