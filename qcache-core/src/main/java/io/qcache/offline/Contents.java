package io.qcache.offline;

import io.qcache.ValueType;
import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import io.qcache.engine.ValueDraft;
import io.qcache.snapshot.RdbReader;
import java.util.Locale;

/** Counts what an RDB file holds, and keeps nothing of it but which keys have come.  For one thread. */
final class Contents implements RdbReader.Target {
  private static final int KEYS_A_LOOK = 1 << 10;

  private final long nowMillis;
  private final SeenKeys seen;
  private final Runnable look; // now and then
  private final long[] ofType = new long[ValueType.values().length];
  private final StringBuilder notes = new StringBuilder();
  private long keys;
  private long withDeadline;
  private long due;
  private long skipped;

  Contents(long nowMillis, SeenKeys seen, Runnable look) {
    this.nowMillis = nowMillis;
    this.seen = seen;
    this.look = look;
  }

  @Override public void note(String name, String value) {
    if (notes.length() < 512) {
      notes.append(notes.length() == 0 ? "" : ", ").append(name).append(' ').append(value);
    }
  }

  @Override public void key(long database, Slice key, long deadlineMillis, ValueDraft value) {
    ofType[value.type().ordinal()]++;
    withDeadline += deadlineMillis == Deadline.NONE ? 0 : 1;
    if (deadlineMillis != Deadline.NONE && deadlineMillis <= nowMillis) {
      due++; // which a start leaves out
    } else {
      seen.add(database, key);
    }
    if ((++keys & KEYS_A_LOOK - 1) == 0) {
      look.run();
    }
  }

  @Override public void skipped(String why) {
    skipped++;
  }

  /** What its writer noted of the file, empty for nothing. */
  String notes() {
    return notes.toString();
  }

  /** A line like {@code 3 keys: 1 string, 2 hashes; 1 with a deadline}. */
  String keys() {
    StringBuilder line = new StringBuilder().append(count(keys, "key"));
    String before = ": ";
    for (ValueType type : ValueType.values()) {
      if (ofType[type.ordinal()] > 0) {
        line.append(before).append(count(ofType[type.ordinal()], type.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        before = ", ";
      }
    }
    if (withDeadline > 0) {
      line.append("; ").append(withDeadline).append(" with a deadline, which has passed for ").append(due);
    }
    if (skipped > 0) {
      line.append("; ").append(skipped).append(" empty or not supported, left out");
    }
    return line.toString();
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : what.endsWith("h") ? "es" : "s");
  }
}
