package io.qcache.collection;

import io.qcache.engine.Slice;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A hash or a set that is packed: field and value in turn, or members, in the order in which they came.  {@link Packed} draws it. */
public final class PackedElements implements ElementView {
  private final byte[] array;
  private final int start;
  private final int end;
  private final int step; // elements of the packed form that are one here

  /** Of the bytes that the slice is at, which it may be pointed away from then. */
  public PackedElements(Slice packed, boolean valued) {
    this(packed.array(), packed.offset(), packed.offset() + packed.length(), valued ? 2 : 1);
  }

  private PackedElements(byte[] array, int start, int end, int step) {
    this.array = array;
    this.start = start;
    this.end = end;
    this.step = step;
  }

  @Override public long size() {
    return Packed.count(array, start) / step;
  }

  @Override public long bytes() {
    return end - start;
  }

  private int first() {
    return start + Packed.HEADER_BYTES;
  }

  @Override public boolean contains(Slice element) {
    return Packed.find(array, first(), end, step, element) >= 0;
  }

  @Override public boolean get(Slice element, Slice value) {
    int at = Packed.find(array, first(), end, step, element);
    if (at < 0) {
      return false;
    }
    Packed.element(array, Packed.skip(array, at), value);
    return true;
  }

  /** Points the slices at what begins there; where the next one does. */
  private int wrap(int at, Slice element, Slice value) {
    int behind = Packed.element(array, at, element);
    if (step == 2) {
      return Packed.element(array, behind, value);
    }
    value.wrap(array, behind, 0);
    return behind;
  }

  @Override public Steps walk() {
    return new Steps() {
      private int at = first();

      @Override public boolean next(Slice element, Slice value) {
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
    for (int i = 0, at = first(); i < places.length; i++, at = Packed.skip(array, at, step)) {
      places[i] = at;
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
    wrap(Packed.skip(array, first(), step * random.nextInt((int) size())), element, value);
  }

  @Override public PackedElements kept() {
    return new PackedElements(Arrays.copyOfRange(array, start, end), 0, end - start, step);
  }
}
