package io.qcache.net.room;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.engine.Database;
import io.qcache.engine.Glob;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Signal;
import io.qcache.engine.Sink;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** What the commands of hashes and sets have in common. */
final class ElementArguments {
  /** How a type is scanned. */
  interface Scan {
    long from(Database db, Slice key, long cursor, long count, Glob match, Sink out);
  }

  private ElementArguments() {}

  /** How many elements to choose at random: any number that has a negation. */
  static long count(Call call) {
    long count = call.integer(2);
    if (count == Long.MIN_VALUE) {
      throw Refusal.NOT_A_COUNT;
    }
    return count;
  }

  /** HSCAN and SSCAN. */
  static void scan(Call call, ValueType type, Scan scan) {
    long cursor = ScanArguments.cursor(call.slice(2));
    Collected found = new Collected();
    long next = 0;
    ScanArguments options = options(call, type);
    if (options != null) {
      next = scan.from(call.db(), call.slice(1), cursor, options.count(), options.match(), found);
    }
    call.reply().array(2);
    call.reply().bulkNumber(next);
    found.replyTo(call.reply());
  }

  /** The options; null where they are wrong but the key is missing, when nobody looks at them. */
  private static ScanArguments options(Call call, ValueType type) {
    try {
      return ScanArguments.within(call);
    } catch (Refusal | Signal wrong) {
      ValueType found = KeyOps.type(call.db(), call.slice(1));
      if (found == null) {
        return null;
      }
      if (found != type) {
        throw Signal.of(Failure.WRONG_TYPE);
      }
      throw wrong;
    }
  }
}
