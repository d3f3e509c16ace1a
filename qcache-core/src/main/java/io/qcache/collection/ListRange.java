package io.qcache.collection;

import io.qcache.ListEnd;
import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import io.qcache.engine.Slice;

/**
 * Some elements of a large list in a row, as they were when it was pinned, from either end to the other.  Gives how many there
 * are, and then each of them.
 */
public final class ListRange implements Producer {
  private static final int ELEMENT_BYTES = 16; // about what an element costs to give beside its bytes

  private final TreePin pin;
  private final Walk walk;
  private final ListEnd from;
  private final Slice element = new Slice();
  private long left;
  private boolean begun;
  private int given; // of the element at hand, which is too long to be given at once; -1 while there is none

  /**
   * @param pin   its to close
   * @param first the index of the first that is given
   * @param count how many are given
   * @param from  the end of the list that the first lies nearer to: forwards from {@link ListEnd#FIRST}
   */
  public ListRange(TreePin pin, long first, long count, ListEnd from) {
    this.pin = pin;
    this.from = from;
    this.left = count;
    this.given = -1;
    this.walk = pin.walk(from == ListEnd.FIRST ? first : first + 1);
  }

  /** One element, which is given by itself. */
  public static ListRange ofOne(TreePin pin, long index) {
    ListRange one = new ListRange(pin, index, 1, ListEnd.FIRST);
    one.begun = true;
    return one;
  }

  @Override public boolean give(Sink out, int bytes) {
    if (!begun) {
      out.elements(left);
      begun = true;
    }
    long room = bytes;
    while (left > 0 && room > 0) {
      if (given < 0 && !step()) {
        throw new IllegalStateException("a pinned list has lost elements");
      }
      room -= ELEMENT_BYTES + (given < 0 && element.length() <= room ? whole(out) : part(out, (int) Math.min(room, bytes)));
    }
    return left > 0;
  }

  private boolean step() {
    return from == ListEnd.FIRST ? walk.next(element) : walk.previous(element);
  }

  private int whole(Sink out) {
    out.value(element.array(), element.offset(), element.length());
    left--;
    return element.length();
  }

  private int part(Sink out, int room) {
    if (given < 0) {
      out.begin(element.length());
      given = 0;
    }
    int part = Math.min(room, element.length() - given);
    out.part(element.array(), element.offset() + given, part);
    given += part;
    if (given == element.length()) {
      given = -1;
      left--;
    }
    return part;
  }

  @Override public void close() {
    pin.close();
  }
}
