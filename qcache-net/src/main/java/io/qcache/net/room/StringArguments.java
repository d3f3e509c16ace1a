package io.qcache.net.room;

import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import io.qcache.engine.StringOps;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** What SET and GETEX may be told behind their operands: NX, XX, GET, and one way to say when the key goes. */
final class StringArguments {
  private StringOps.If condition = StringOps.If.ALWAYS;
  private boolean get;
  private boolean keep;    // KEEPTTL
  private boolean persist;
  private int timeAt;      // where the time is, 0 for none
  private char unit;       // of the time: s or m from now, S or M since 1970

  private StringArguments() {}

  static StringArguments ofSet(Call call) {
    StringArguments options = new StringArguments();
    for (int i = 3; i < call.count(); i++) {
      Slice option = call.slice(i);
      if (option.is("NX") && options.condition != StringOps.If.PRESENT) {
        options.condition = StringOps.If.ABSENT;
      } else if (option.is("XX") && options.condition != StringOps.If.ABSENT) {
        options.condition = StringOps.If.PRESENT;
      } else if (option.is("GET")) {
        options.get = true;
      } else if (option.is("KEEPTTL") && options.timeAt == 0) {
        options.keep = true;
      } else {
        i = options.time(call, i);
      }
    }
    return options;
  }

  static StringArguments ofGetEx(Call call) {
    StringArguments options = new StringArguments();
    for (int i = 2; i < call.count(); i++) {
      if (call.slice(i).is("PERSIST") && options.timeAt == 0) {
        options.persist = true;
      } else {
        i = options.time(call, i);
      }
    }
    return options;
  }

  /** Takes the option at {@code i}, which must be one of time, and the time behind it; where that is. */
  private int time(Call call, int i) {
    Slice option = call.slice(i);
    char given = option.is("EX") ? 's' : option.is("PX") ? 'm' : option.is("EXAT") ? 'S' : option.is("PXAT") ? 'M' : 0;
    boolean conflicts = keep || persist || (timeAt != 0 && unit != given);
    if (given == 0 || conflicts || i + 1 == call.count()) {
      throw Refusal.SYNTAX;
    }
    unit = given;
    timeAt = i + 1;
    return timeAt;
  }

  /** The deadline asked for; {@code untold} where nothing is said of it. */
  long deadline(Call call, long untold) {
    if (keep) {
      return Deadline.KEEP;
    }
    if (persist) {
      return Deadline.NONE;
    }
    if (timeAt == 0) {
      return untold;
    }
    return positiveDeadline(call, timeAt, unit == 's' || unit == 'S', unit == 's' || unit == 'm');
  }

  /** The deadline for the time in argument {@code i}, which must be above zero. */
  static long positiveDeadline(Call call, int i, boolean seconds, boolean fromNow) {
    long amount = call.integer(i);
    if (amount <= 0) {
      throw Refusal.expireTime(call.row().name());
    }
    return Deadline.of(amount, seconds, fromNow, call.host().engine().nowMillis());
  }

  StringOps.If condition() {
    return condition;
  }

  boolean isGet() {
    return get;
  }
}
