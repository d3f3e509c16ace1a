package io.qcache.collection;

import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.SnapshotSink;
import io.qcache.keyspace.KeyedHash;
import io.qcache.keyspace.LargeValue;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * A hash or a set that is large: a table, and the type's encoding; of a hash the deadlines of those fields that have one, as a
 * sorted set of them has its scores.  Guarded by the stripe.
 */
public final class LargeElements implements LargeValue {
  private static final int OVERHEAD = 40;

  private final ElementTable table;
  private int encoding;
  private LargeSortedSet deadlines; // null until a field has one
  private long earliest = Deadline.NONE;

  private LargeElements(ElementTable table, int encoding) {
    this.table = table;
    this.encoding = encoding;
  }

  /** One of copies of the elements, with their values where they are to have some. */
  public static LargeElements of(ElementView elements, boolean valued, int encoding, KeyedHash hash) {
    ElementTable table = new ElementTable(hash, valued);
    Slice element = new Slice();
    Slice value = new Slice();
    for (ElementView.Steps steps = elements.walk(); steps.next(element, value); ) {
      table.put(element, value.array(), value.offset(), value.length());
    }
    return new LargeElements(table, encoding);
  }

  // Deadlines

  /** The deadline of a field, {@link Deadline#NONE} where it has none or is missing. */
  public long deadline(Slice field) {
    double millis = deadlines == null ? Double.NaN : deadlines.score(field);
    return millis == millis ? (long) millis : Deadline.NONE;
  }

  @Override public long earliest() {
    return earliest;
  }

  /** Sets the deadline of a field that is there, or takes it away; whole or not at all. */
  public void deadline(Slice field, long millis, KeyedHash hash) {
    long old = deadline(field);
    if (old == millis) {
      return;
    }
    if (deadlines == null) {
      deadlines = new LargeSortedSet(hash);
    }
    if (millis == Deadline.NONE) {
      deadlines.remove(field);
    } else {
      deadlines.put(field, millis, old == Deadline.NONE ? Double.NaN : old);
    }
    noteEarliest();
  }

  private void noteEarliest() {
    earliest = Deadline.NONE;
    if (deadlines.size() > 0) {
      deadlines.visit(0, 1, false, (array, from, length, millis) -> earliest = (long) millis);
    }
  }

  /** Takes the deadlines of the fields at {@code from} and every {@code step} behind it away; all of them or none. */
  public void dropDeadlines(Slices fields, int from, int step) {
    if (earliest == Deadline.NONE) {
      return;
    }
    ArrayDeque<Object> dropped = new ArrayDeque<>();
    try {
      for (int i = from; i < fields.size(); i += step) {
        long old = deadline(fields.get(i));
        if (old != Deadline.NONE) {
          dropped.push(old);
          dropped.push(fields.get(i));
          deadlines.remove(fields.get(i));
        }
      }
    } catch (Throwable failed) {
      while (!dropped.isEmpty()) {
        Slice field = (Slice) dropped.pop();
        double old = (long) dropped.pop();
        deadlines.put(field, old, deadlines.score(field));
      }
      throw failed;
    } finally {
      noteEarliest();
    }
  }

  /** Adds copies of fields whose time has come, the first at most so many. */
  public void addDue(long nowMillis, int most, Slices fields) {
    if (earliest <= nowMillis) {
      deadlines.visit(0, Math.min(most, deadlines.below(nowMillis, true)), false,
          (array, from, length, millis) -> fields.add(Arrays.copyOfRange(array, from, from + length)));
    }
  }

  /** What is to be seen at that time. */
  public ElementView view(long nowMillis) {
    return earliest > nowMillis ? table
        : new LiveElements(table, deadlines.scores(), nowMillis, deadlines.below(nowMillis, true));
  }

  public ElementTable table() {
    return table;
  }

  /** The type's own byte, as in {@link Packed}. */
  public int encoding() {
    return encoding;
  }

  public void encoding(int as) {
    encoding = as;
  }

  @Override public long bytes() {
    return OVERHEAD + table.bytes() + (deadlines == null ? 0 : deadlines.bytes());
  }

  @Override public LargeElements copied() {
    LargeElements copy = new LargeElements(table.copied(), encoding);
    copy.deadlines = deadlines == null ? null : deadlines.copied();
    copy.earliest = earliest;
    return copy;
  }

  @Override public Frozen frozen() {
    return new FrozenElements(table.pin(), deadlines == null ? null : deadlines.scores().pin(), earliest);
  }

  private record FrozenElements(TablePin pin, TablePin deadlines, long earliest) implements Frozen {
    @Override public void give(SnapshotSink sink) {
      if (deadlines != null && deadlines.size() > 0) {
        giveTimed(sink);
        return;
      }
      sink.elements(pin.isValued() ? 2 * pin.size() : pin.size());
      Slice element = new Slice();
      Slice value = new Slice();
      for (ElementView.Steps steps = pin.walk(); steps.next(element, value); ) {
        sink.value(element.array(), element.offset(), element.length());
        if (pin.isValued()) {
          sink.value(value.array(), value.offset(), value.length());
        }
      }
    }

    private void giveTimed(SnapshotSink sink) {
      sink.timedFields(pin.size(), earliest);
      Slice field = new Slice();
      Slice value = new Slice();
      Slice deadline = new Slice();
      for (ElementView.Steps steps = pin.walk(); steps.next(field, value); ) {
        boolean has = deadlines.get(field, deadline);
        sink.deadline(has ? (long) Score.get(deadline.array(), deadline.offset()) : Deadline.NONE);
        sink.value(field.array(), field.offset(), field.length());
        sink.value(value.array(), value.offset(), value.length());
      }
    }

    @Override public void close() {
      pin.close();
      if (deadlines != null) {
        deadlines.close();
      }
    }
  }
}
