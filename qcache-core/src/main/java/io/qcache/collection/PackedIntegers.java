package io.qcache.collection;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A small set of integers, in their order, as the value of a record: behind {@link Packed}'s header how many bytes each takes, 2,
 * 4 or 8, whatever the widest needs, and the integers, little-endian.
 * <pre>
 *   │ encoding 1 │ count 2 │ width 1 │ integer │ integer │ …
 * </pre>
 * Read as the texts they are.
 */
public final class PackedIntegers implements ElementView {
  private static final int WIDTH = Packed.HEADER_BYTES;
  private static final int FIRST = WIDTH + 1;

  private final byte[] array;
  private final int start;
  private final int count;
  private final int width;
  private final byte[] text = new byte[Numbers.LONG_BYTES];

  /** Of the bytes that the slice is at, which it may be pointed away from then. */
  public PackedIntegers(Slice packed) {
    this(packed.array(), packed.offset());
  }

  private PackedIntegers(byte[] array, int start) {
    this.array = array;
    this.start = start;
    this.count = Packed.count(array, start);
    this.width = array[start + WIDTH];
  }

  /** Writes the integers, which are in their order. */
  static void write(long[] integers, int count, PackedBuffer into) {
    int width = count == 0 ? 2 : Math.max(width(integers[0]), width(integers[count - 1]));
    byte[] bytes = new byte[1 + count * width];
    bytes[0] = (byte) width;
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < width; b++) {
        bytes[1 + i * width + b] = (byte) (integers[i] >> 8 * b);
      }
    }
    into.addRaw(bytes, 0, bytes.length).count(count);
  }

  private static int width(long integer) {
    return integer == (short) integer ? 2 : integer == (int) integer ? 4 : 8;
  }

  /** How many bytes so many integers take at most. */
  static int bytes(int count) {
    return FIRST + count * Long.BYTES;
  }

  long get(int index) {
    int at = start + FIRST + index * width;
    long integer = array[at + width - 1]; // with the sign
    for (int b = width - 2; b >= 0; b--) {
      integer = integer << 8 | array[at + b] & 0xff;
    }
    return integer;
  }

  @Override public long size() {
    return count;
  }

  @Override public long bytes() {
    return (long) count * Numbers.LONG_BYTES;
  }

  @Override public boolean contains(Slice element) {
    if (!Numbers.isLong(element.array(), element.offset(), element.length())) {
      return false;
    }
    long wanted = Numbers.parse(element);
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      long found = get(middle);
      if (found == wanted) {
        return true;
      }
      if (found < wanted) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  @Override public boolean get(Slice element, Slice value) {
    value.wrap(array, start, 0);
    return contains(element);
  }

  private boolean wrap(int index, byte[] into, Slice element, Slice value) {
    element.wrap(into, 0, Numbers.write(get(index), into, 0));
    value.wrap(into, 0, 0);
    return true;
  }

  @Override public Steps walk() {
    return new Steps() {
      private final byte[] own = new byte[Numbers.LONG_BYTES];
      private int next;

      @Override public boolean next(Slice element, Slice value) {
        return next < count && wrap(next++, own, element, value);
      }
    };
  }

  @Override public Steps inRandomOrder(RandomGenerator random) {
    Shuffle shuffle = new Shuffle(count, random);
    byte[] own = new byte[Numbers.LONG_BYTES];
    return (element, value) -> shuffle.hasNext() && wrap((int) shuffle.next(), own, element, value);
  }

  @Override public void random(RandomGenerator random, Slice element, Slice value) {
    wrap(random.nextInt(count), text, element, value);
  }

  /** Gives them as {@link SnapshotSink} says. */
  public void give(SnapshotSink sink) {
    sink.elements(count);
    for (int i = 0; i < count; i++) {
      sink.value(text, 0, Numbers.write(get(i), text, 0));
    }
  }

  @Override public PackedIntegers kept() {
    return new PackedIntegers(Arrays.copyOfRange(array, start, start + FIRST + count * width), 0);
  }
}
