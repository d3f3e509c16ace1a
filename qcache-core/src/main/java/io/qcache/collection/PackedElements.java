package io.qcache.collection;

import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.SnapshotSink;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A hash or a set that is packed: field and value in turn, or members, in the order in which they came; {@link Packed} draws it.
 * Of a hash with field deadlines, field, value and {@link FieldDeadline}: then a field whose time has come is not seen.
 */
public final class PackedElements implements ElementView {
  private final byte[] array;
  private final int start;
  private final int end;
  private final int step; // elements of the packed form that are one here
  private final long nowMillis; // where fields have deadlines

  /** Of the bytes that the slice is at, which it may be pointed away from then. */
  public PackedElements(Slice packed, boolean valued) {
    this(packed.array(), packed.offset(), packed.offset() + packed.length(), valued ? 2 : 1, 0);
  }

  private PackedElements(byte[] array, int start, int end, int step, long nowMillis) {
    this.array = array;
    this.start = start;
    this.end = end;
    this.step = step;
    this.nowMillis = nowMillis;
  }

  /** A hash whose fields may have deadlines, as it is at that time. */
  public static PackedElements timed(Slice packed, long nowMillis) {
    return new PackedElements(packed.array(), packed.offset(), packed.offset() + packed.length(), 3, nowMillis);
  }

  @Override public long size() {
    int all = Packed.count(array, start) / step;
    if (step < 3) {
      return all;
    }
    int live = 0;
    for (int i = 0, at = first(); i < all; i++, at = Packed.skip(array, at, step)) {
      live += isDue(at) ? 0 : 1;
    }
    return live;
  }

  private boolean isDue(int at) {
    return step == 3 && FieldDeadline.at(array, Packed.skip(array, at, 2)) <= nowMillis;
  }

  // Deadlines, of a hash whose fields may have some

  /** The deadline of a field that is there, due or not; {@link Deadline#NONE} for none, {@link Deadline#MISSING} where it is not. */
  public long deadline(Slice field) {
    int at = Packed.find(array, first(), end, step, field);
    return at < 0 ? Deadline.MISSING : FieldDeadline.at(array, Packed.skip(array, at, 2));
  }

  /** The earliest deadline of all fields. */
  public long earliest() {
    long earliest = Deadline.NONE;
    for (int at = first(); at < end; at = Packed.skip(array, at, 3)) {
      earliest = Math.min(earliest, FieldDeadline.at(array, Packed.skip(array, at, 2)));
    }
    return earliest;
  }

  /** Adds copies of the fields whose time has come. */
  public void addDue(Slices fields) {
    Slice field = new Slice();
    for (int at = first(); at < end; at = Packed.skip(array, at, 3)) {
      if (isDue(at)) {
        Packed.element(array, at, field);
        fields.add(field.copy());
      }
    }
  }

  /** Gives every field and its value, due or not, and where one has a deadline those too. */
  public void giveAll(SnapshotSink sink) {
    boolean isTimed = earliest() != Deadline.NONE;
    int fields = Packed.count(array, start) / 3;
    if (isTimed) {
      sink.timedFields(fields, earliest());
    } else {
      sink.elements(2L * fields);
    }
    Slice element = new Slice();
    for (int at = first(); at < end; ) {
      if (isTimed) {
        sink.deadline(FieldDeadline.at(array, Packed.skip(array, at, 2)));
      }
      for (int i = 0; i < 2; i++) {
        at = Packed.element(array, at, element);
        sink.value(element.array(), element.offset(), element.length());
      }
      at = Packed.skip(array, at);
    }
  }

  @Override public long bytes() {
    return end - start;
  }

  private int first() {
    return start + Packed.HEADER_BYTES;
  }

  @Override public boolean contains(Slice element) {
    int at = Packed.find(array, first(), end, step, element);
    return at >= 0 && !isDue(at);
  }

  @Override public boolean get(Slice element, Slice value) {
    int at = Packed.find(array, first(), end, step, element);
    if (at < 0 || isDue(at)) {
      return false;
    }
    Packed.element(array, Packed.skip(array, at), value);
    return true;
  }

  /** Points the slices at what begins there; where the next one does. */
  private int wrap(int at, Slice element, Slice value) {
    int behind = Packed.element(array, at, element);
    if (step >= 2) {
      behind = Packed.element(array, behind, value);
      return step == 2 ? behind : Packed.skip(array, behind);
    }
    value.wrap(array, behind, 0);
    return behind;
  }

  @Override public Steps walk() {
    return new Steps() {
      private int at = first();

      @Override public boolean next(Slice element, Slice value) {
        while (at < end && isDue(at)) {
          at = Packed.skip(array, at, step);
        }
        if (at == end) {
          return false;
        }
        at = wrap(at, element, value);
        return true;
      }
    };
  }

  @Override public Steps inRandomOrder(RandomGenerator random) {
    int[] places = new int[(int) size()];
    int count = 0;
    for (int at = first(); at < end; at = Packed.skip(array, at, step)) {
      if (!isDue(at)) {
        places[count++] = at;
      }
    }
    Shuffle shuffle = new Shuffle(places.length, random);
    return (element, value) -> {
      if (!shuffle.hasNext()) {
        return false;
      }
      wrap(places[(int) shuffle.next()], element, value);
      return true;
    };
  }

  @Override public void random(RandomGenerator random, Slice element, Slice value) {
    int at = first();
    for (int left = random.nextInt((int) size()); left > 0 || isDue(at); at = Packed.skip(array, at, step)) {
      left -= isDue(at) ? 0 : 1;
    }
    wrap(at, element, value);
  }

  @Override public PackedElements kept() {
    return new PackedElements(Arrays.copyOfRange(array, start, end), 0, end - start, step, nowMillis);
  }
}
