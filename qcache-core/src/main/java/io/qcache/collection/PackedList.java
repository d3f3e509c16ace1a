package io.qcache.collection;

import io.qcache.ListEnd;
import io.qcache.engine.Slice;

/**
 * A small list, read in place in the record that holds it.  An edit copies the runs of elements that stay, and what is new
 * between them, into a {@link PackedBuffer}, from which the record is written anew.  For one operation, under the stripe's lock.
 */
public final class PackedList {
  private final byte[] array;
  private final int start;
  private final int end;
  private final int count;

  /** The list that the value of a record is. */
  public PackedList(Slice value) {
    array = value.array();
    start = value.offset() + Packed.HEADER_BYTES;
    end = value.offset() + value.length();
    count = Packed.count(array, value.offset());
  }

  public int count() {
    return count;
  }

  /** Where the element of that index begins; the end of the last for {@link #count}. */
  private int place(int index) {
    return index == count ? end : Packed.skip(array, start, index);
  }

  /** Points the slice at the element. */
  public Slice get(int index, Slice into) {
    Packed.element(array, place(index), into);
    return into;
  }

  /** Copies the elements from {@code first} to before {@code last}. */
  public void copy(int first, int last, PackedBuffer into) {
    if (first < last) {
      int from = place(first);
      int to = last == count ? end : Packed.skip(array, from, last - first);
      into.addPacked(array, from, to, last - first);
    }
  }

  /** How many elements are equal. */
  public int countEqual(Slice wanted) {
    int equal = 0;
    for (int at = Packed.find(array, start, end, 1, wanted); at >= 0; at = Packed.find(array, at, end, 1, wanted)) {
      equal++;
      at = Packed.skip(array, at);
    }
    return equal;
  }

  /** Copies all elements but those that are equal, of which {@code kept} stay all the same before {@code removed} go. */
  public void copyUnequal(Slice wanted, int kept, int removed, PackedBuffer into) {
    int stay = kept;
    int from = start;
    for (int gone = 0, at = start; gone < removed; ) {
      int found = Packed.find(array, at, end, 1, wanted);
      at = Packed.skip(array, found);
      if (stay > 0) {
        stay--;
        continue;
      }
      into.addPacked(array, from, found, 0);
      from = at;
      gone++;
    }
    into.addPacked(array, from, end, 0).count(count - removed);
  }

  /** As {@link ListValue#find}. */
  public long[] find(Slice wanted, ListEnd from, long nth, long most, long among) {
    long looked = Math.min(among, count);
    if (from == ListEnd.FIRST) {
      Found found = new Found(nth, most);
      Steps steps = steps(0);
      Slice element = new Slice();
      for (int i = 0; i < looked && !found.isEnough(); i++) {
        steps.next(element);
        if (wanted.contentEquals(element.array(), element.offset(), element.length())) {
          found.add(i);
        }
      }
      return found.all();
    }
    long[] forwards = find(wanted, ListEnd.FIRST, 1, count, count);
    Found found = new Found(nth, most);
    for (int i = forwards.length - 1; i >= 0 && forwards[i] >= count - looked && !found.isEnough(); i--) {
      found.add(forwards[i]);
    }
    return found.all();
  }

  /** A place before the element of that index, moving towards the last. */
  public Steps steps(int index) {
    return new Steps(array, place(index), end);
  }

  /** A place between two elements. */
  public static final class Steps {
    private final byte[] array;
    private int at;
    private final int end;

    Steps(byte[] array, int at, int end) {
      this.array = array;
      this.at = at;
      this.end = end;
    }

    /** Points the slice at the next element and steps over it; false behind the last. */
    public boolean next(Slice into) {
      if (at >= end) {
        return false;
      }
      at = Packed.element(array, at, into);
      return true;
    }
  }
}
