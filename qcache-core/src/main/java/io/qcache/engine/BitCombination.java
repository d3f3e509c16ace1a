package io.qcache.engine;

import io.qcache.BitOperation;
import io.qcache.ValueType;
import io.qcache.keyspace.Chunks;
import io.qcache.keyspace.Pin;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One BITOP.  What is short is made under the plan of all its keys; what is long is made under no lock, from what was
 * pinned under the plan, and then put there if no source has changed meanwhile:
 * <pre>
 *   plan: lengths ── short ─► make, put ─► unlock
 *                 └─ long ──► pin, watch ─► unlock ─► make chunk by chunk ─► plan: touched? ── no ─► put ─► unlock
 *                                                                                          └── yes ─► once more, then under the plan
 * </pre>
 * So others wait for a long one only where somebody changes its sources all the time.  For one thread.
 */
final class BitCombination {
  private static final long SHORT_BYTES = 1 << 20; // of all sources, a tenth of a millisecond
  private static final int TRIES = 2;
  private static final int NONE = Records.NONE;
  private static final long AGAIN = -1;
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Database db;
  private final BitOperation operation;
  private final Slice target;
  private final Slices keys;
  private final int from;
  private final List<Source> sources = new ArrayList<>();
  private int length; // of the longest source

  BitCombination(Database db, BitOperation operation, Slice target, Slices keys, int from) {
    this.db = db;
    this.operation = operation;
    this.target = target;
    this.keys = keys;
    this.from = from;
  }

  /** A source: a pin, or a copy. */
  private record Source(Pin pin, byte[] bytes) {
    int length() {
      return pin != null ? pin.length() : bytes.length;
    }

    void give(int offset, int count, Sink out) {
      if (pin != null) {
        pin.give(offset, count, out);
      } else {
        out.value(bytes, offset, count);
      }
    }
  }

  /** The length of the result. */
  long run() {
    boolean nested = db.stripe(target).isHeld(); // the plan stays held whatever we do
    for (int tries = nested ? TRIES : 0; ; tries++) {
      Watch watch = db.engine().watch();
      try {
        long done = attempt(watch, tries >= TRIES);
        if (done != AGAIN) {
          return done;
        }
      } finally {
        sources.forEach(source -> {
          if (source.pin != null) {
            source.pin.close();
          }
        });
        sources.clear();
        watch.clear();
      }
    }
  }

  private long attempt(Watch watch, boolean underPlan) {
    try (Plan held = plan(0)) {
      take();
      if (underPlan || (long) length * sources.size() <= SHORT_BYTES) {
        put(made());
        return length;
      }
      for (int i = from; i < keys.size(); i++) {
        watch.add(db, keys.get(i));
      }
    }
    Object result = made();
    try (Plan held = plan(length)) {
      if (watch.isTouched()) {
        return AGAIN;
      }
      put(result);
      return length;
    }
  }

  private Plan plan(long arriving) {
    return db.engine().plan().add(target).add(keys, from, 1).bringing(target.length() + arriving).acquire();
  }

  /** Takes the sources as they are. */
  private void take() {
    length = 0;
    for (int i = from; i < keys.size(); i++) {
      Slice key = keys.get(i);
      Records records = db.held(key).records();
      int record = StringOps.requireString(records, records.peek(key));
      db.used(records, key, record);
      Source source = record == NONE ? new Source(null, new byte[0])
          : records.isLarge(record) ? new Source(records.pin(record), null)
          : new Source(null, records.valueOf(record, new Slice()).copy());
      sources.add(source);
      length = Math.max(length, source.length());
    }
  }

  /** The result: a Chunks where it is kept as such, otherwise an array. */
  private Object made() {
    if (length <= db.engine().largeAbove()) {
      byte[] result = new byte[length];
      make(result, 0);
      return result;
    }
    Chunks result = Chunks.ofZeros(length);
    for (int at = 0; at < length; at += Chunks.CHUNK_BYTES) {
      make(result.made(at / Chunks.CHUNK_BYTES), at);
    }
    return result;
  }

  /** Fills the part of the result that begins at {@code at}. */
  private void make(byte[] part, int at) {
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      int there = Math.max(0, Math.min(part.length, source.length() - at));
      Combiner combiner = new Combiner(part, i == 0 ? null : operation);
      if (there > 0) {
        source.give(at, there, combiner);
      }
      if (operation == BitOperation.AND) {
        Arrays.fill(part, there, part.length, (byte) 0);
      }
    }
    if (operation == BitOperation.NOT) {
      invert(part);
    }
  }

  private static void invert(byte[] part) {
    for (int i = 0; i < part.length; i++) {
      part[i] = (byte) ~part[i];
    }
  }

  private void put(Object result) {
    Section section = db.held(target);
    int old = section.find(target);
    if (length == 0) {
      if (old != NONE) {
        section.remove(target, old);
        section.changed(Event.DEL, target, Cause.DELETED);
      } else {
        section.deletedNothing(target);
      }
      return;
    }
    if (result instanceof Chunks chunks) {
      section.putRaw(target, old, chunks);
    } else {
      section.putRaw(target, old, (byte[]) result);
    }
    section.changed(Event.SET, target, old == NONE ? Cause.WRITTEN : Cause.REPLACED, old);
  }

  /** Takes bytes into a part of the result, eight at a time. */
  private static final class Combiner implements Sink {
    private final byte[] part;
    private final BitOperation operation; // null: copies
    private int at;

    Combiner(byte[] part, BitOperation operation) {
      this.part = part;
      this.operation = operation;
    }

    @Override public void value(byte[] array, int offset, int count) {
      part(array, offset, count);
    }

    @Override public void begin(int count) {
      // What follows are its parts.
    }

    @Override public void part(byte[] array, int offset, int count) {
      if (operation == null) {
        System.arraycopy(array, offset, part, at, count);
      } else {
        combine(array, offset, count);
      }
      at += count;
    }

    private void combine(byte[] array, int offset, int count) {
      int i = 0;
      for (; i <= count - Long.BYTES; i += Long.BYTES) {
        long a = (long) LONG.get(part, at + i);
        long b = (long) LONG.get(array, offset + i);
        LONG.set(part, at + i, of(a, b));
      }
      for (; i < count; i++) {
        part[at + i] = (byte) of(part[at + i], array[offset + i]);
      }
    }

    private long of(long a, long b) {
      return operation == BitOperation.AND ? a & b : operation == BitOperation.OR ? a | b : a ^ b;
    }

    @Override public void missing() {
      throw new AssertionError("a source is bytes");
    }

    @Override public long mark() {
      return 0;
    }

    @Override public void rewind(long mark) {
      throw new AssertionError("a source stays as it is");
    }
  }
}
