package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ListEnd;
import io.qcache.collection.ListRange;
import io.qcache.collection.Span;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;

/**
 * The operations of lists.  Static and thread-safe; each is atomic, alone or within a plan that this thread holds.  They read
 * their slices and keep nothing of them, and throw a {@link Signal} with nothing changed.
 *
 * <p>What is much is given by a {@link ListRange}, without the lock, as it was under it.
 */
public final class ListOps {
  private static final int NONE = Records.NONE;
  private static final long[] NOWHERE = {};

  private ListOps() {}

  private static HeldList find(Database db, Section section, Slice key) {
    return new HeldList(db.engine(), section, key, section.find(key));
  }

  // Reading

  /** How many elements there are, 0 where the key is missing. */
  public static long length(Database db, Slice key) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      return read(db, stripe, key).size();
    } finally {
      stripe.endRead(stamp);
    }
  }

  private static HeldList read(Database db, Stripe stripe, Slice key) {
    Records records = stripe.recordsOrNull(db.index());
    int record = records == null ? NONE : records.peek(key);
    db.used(records, key, record);
    return new HeldList(db.engine(), records, key, record);
  }

  /** Gives the element, a negative index counting from the end, -1 being the last; or missing. */
  public static void get(Database db, Slice key, long index, Sink out) {
    Stripe stripe = db.stripe(key);
    ListRange later = null;
    long stamp = stripe.beginRead();
    try {
      HeldList list = read(db, stripe, key);
      long at = index < 0 ? index + list.size() : index;
      if (at < 0 || at >= list.size()) {
        out.missing();
      } else {
        later = list.giveOne(at, out);
      }
    } finally {
      stripe.endRead(stamp);
    }
    produce(later, out);
  }

  private static void produce(ListRange later, Sink out) {
    if (later != null) {
      out.produce(later);
    }
  }

  /**
   * Gives the collection of the elements from {@code first} to {@code last}, inclusive, negative ones counted from the end;
   * perhaps none.
   */
  public static void range(Database db, Slice key, long first, long last, Sink out) {
    Stripe stripe = db.stripe(key);
    ListRange later = null;
    long stamp = stripe.beginRead();
    try {
      HeldList list = read(db, stripe, key);
      Span span = Span.of(first, last, list.size());
      if (span.count() == 0) {
        out.elements(0);
      } else {
        later = list.give(span.first(), span.count(), ListEnd.FIRST, out);
      }
    } finally {
      stripe.endRead(stamp);
    }
    produce(later, out);
  }

  /**
   * The indices of the elements that are equal to one, in the order in which they are met from that end on.
   *
   * @param nth   the first one that counts, from 1 on
   * @param most  how many of them
   * @param among only so many elements from that end on are looked at
   */
  public static long[] find(Database db, Slice key, Slice wanted, ListEnd from, long nth, long most, long among) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      HeldList list = read(db, stripe, key);
      return list.isMissing() ? NOWHERE : list.find(wanted, from, nth, most, among);
    } finally {
      stripe.endRead(stamp);
    }
  }

  // At the ends

  /**
   * Pushes the elements from {@code from} on, one after the other, at that end.
   *
   * @return how many elements there are then; 0 where the key is missing and has to be there
   */
  public static long push(Database db, Slice key, Slices elements, int from, ListEnd end, boolean ifPresent) {
    try (Section section = db.write(key, HeldList.bytes(elements, from))) {
      HeldList list = find(db, section, key);
      if (list.isMissing() && ifPresent) {
        return 0;
      }
      int old = list.record();
      list.push(elements, from, end);
      section.changed(pushed(end), key, Cause.WRITTEN, old);
      return list.size();
    }
  }

  private static Event pushed(ListEnd end) {
    return end == ListEnd.FIRST ? Event.LPUSH : Event.RPUSH;
  }

  /** Takes the element at that end away and gives it; missing where there is none. */
  public static void pop(Database db, Slice key, ListEnd end, Sink out) {
    ListRange later = null;
    try (Section section = db.write(key)) {
      HeldList list = find(db, section, key);
      if (list.isMissing()) {
        out.missing();
      } else {
        later = list.giveOne(end == ListEnd.FIRST ? 0 : list.size() - 1, out);
        drop(section, key, list, 1, end, later);
      }
    }
    produce(later, out);
  }

  /**
   * Takes up to {@code count} elements away at that end and gives the collection of them, the outermost first; false where the
   * key is missing.
   */
  public static boolean pop(Database db, Slice key, ListEnd end, long count, Sink out) {
    ListRange later = null;
    try (Section section = db.write(key)) {
      HeldList list = find(db, section, key);
      if (list.isMissing()) {
        return false;
      }
      if (count == 0) {
        out.elements(0);
      } else {
        later = pop(section, key, list, count, end, out);
      }
    }
    produce(later, out);
    return true;
  }

  /**
   * Pops of the first of the keys from {@code from} to before {@code to} that is there, and gives a collection of two: that key,
   * and the collection of its elements; false where none of them is there.
   */
  public static boolean popFirst(Database db, Slices keys, int from, int to, ListEnd end, long count, Sink out) {
    Plan plan = db.engine().plan();
    for (int i = from; i < to; i++) {
      plan.add(keys.get(i));
    }
    ListRange later = null;
    boolean found = false;
    try (Plan held = plan.acquire()) {
      for (int i = from; i < to && !found; i++) {
        Slice key = keys.get(i);
        Section section = db.held(key);
        HeldList list = find(db, section, key);
        if (!list.isMissing()) {
          out.elements(2);
          out.value(key.array(), key.offset(), key.length());
          later = pop(section, key, list, count, end, out);
          found = true;
        }
      }
    }
    produce(later, out);
    return found;
  }

  private static ListRange pop(Section section, Slice key, HeldList list, long count, ListEnd end, Sink out) {
    long taken = Math.min(count, list.size());
    ListRange later = list.give(end == ListEnd.FIRST ? 0 : list.size() - 1, taken, end, out);
    drop(section, key, list, taken, end, later);
    return later;
  }

  private static void drop(Section section, Slice key, HeldList list, long count, ListEnd end, ListRange later) {
    try {
      remove(list, count, end);
    } catch (Throwable failed) {
      if (later != null) {
        later.close();
      }
      throw failed;
    }
    popped(section, key, list, end);
  }

  private static void remove(HeldList list, long count, ListEnd end) {
    long first = end == ListEnd.FIRST ? 0 : list.size() - count;
    list.remove(first, first + count);
  }

  private static void popped(Section section, Slice key, HeldList list, ListEnd end) {
    changed(section, key, list, end == ListEnd.FIRST ? Event.LPOP : Event.RPOP);
  }

  /** The change call of what may have left no element. */
  private static void changed(Section section, Slice key, HeldList list, Event event) {
    section.changed(event, key, Cause.WRITTEN);
    if (list.isMissing()) {
      section.changed(Event.DEL, key, Cause.DELETED);
    }
  }

  /**
   * Pops at one end of a list, pushes at one end of another or the same, and gives the element; or missing.  Should memory fail
   * between the two, the push is taken back; should it fail for that too, nothing is lost: both have it.
   */
  public static void move(Database db, Slice from, ListEnd fromEnd, Slice to, ListEnd toEnd, Sink out) {
    try (Plan held = db.engine().plan().add(from).add(to).bringing(to.length()).acquire()) {
      Section source = db.held(from);
      HeldList list = find(db, source, from);
      if (list.isMissing()) {
        out.missing();
        return;
      }
      Slices moved = new Slices();
      moved.add(list.get(fromEnd == ListEnd.FIRST ? 0 : list.size() - 1, new Slice()).copy());
      Section target = db.held(to);
      HeldList other = find(db, target, to);
      int old = other.record();
      other.push(moved, 0, toEnd);
      HeldList rest = find(db, source, from); // a push may have moved it, and is one to itself where the keys are equal
      long first = fromEnd == ListEnd.FIRST ? 0 : rest.size() - 1;
      boolean rotates = from.equals(to);
      if (rotates && fromEnd == toEnd) {
        first += fromEnd == ListEnd.FIRST ? 1 : -1; // the element itself: its copy lies outside of it
      }
      try {
        rest.remove(first, first + 1);
      } catch (OutOfMemoryError full) {
        takeBack(db, target, to, toEnd, old);
        throw full;
      }
      target.changed(pushed(toEnd), to, Cause.WRITTEN, old);
      popped(source, from, rest, fromEnd);
      out.value(moved.get(0).array(), 0, moved.get(0).length());
    }
  }

  /** Takes a push back that nobody has been told of; where memory fails for that too they are told. */
  private static void takeBack(Database db, Section target, Slice to, ListEnd end, int old) {
    try {
      remove(find(db, target, to), 1, end);
    } catch (OutOfMemoryError again) {
      target.changed(pushed(end), to, Cause.WRITTEN, old);
    }
  }

  // In between

  /** Replaces the element, a negative index counting from the end. */
  public static void set(Database db, Slice key, long index, Slice element) {
    try (Section section = db.write(key, element.length())) {
      HeldList list = find(db, section, key);
      if (list.isMissing()) {
        throw Signal.of(Failure.NO_SUCH_KEY);
      }
      long at = index < 0 ? index + list.size() : index;
      if (at < 0 || at >= list.size()) {
        throw Signal.of(Failure.INDEX_OUT_OF_RANGE);
      }
      list.replace(at, element);
      section.changed(Event.LSET, key, Cause.WRITTEN);
    }
  }

  /**
   * Inserts the element before the first that is equal to {@code pivot}, or behind it.
   *
   * @return how many elements there are then, 0 where the key is missing, -1 where none is equal
   */
  public static long insert(Database db, Slice key, boolean before, Slice pivot, Slice element) {
    try (Section section = db.write(key, element.length())) {
      HeldList list = find(db, section, key);
      if (list.isMissing()) {
        return 0;
      }
      long[] at = list.find(pivot, ListEnd.FIRST, 1, 1, list.size());
      if (at.length == 0) {
        return -1;
      }
      list.insert(before ? at[0] : at[0] + 1, element);
      section.changed(Event.LINSERT, key, Cause.WRITTEN);
      return list.size();
    }
  }

  /** Takes up to {@code most} of the elements away that are equal to one, those nearest to that end; how many. */
  public static long remove(Database db, Slice key, Slice wanted, long most, ListEnd from) {
    try (Section section = db.write(key)) {
      HeldList list = find(db, section, key);
      long removed = list.isMissing() ? 0 : list.removeEqual(wanted, most, from);
      if (removed > 0) {
        changed(section, key, list, Event.LREM);
      }
      return removed;
    }
  }

  /** Keeps the elements from {@code first} to {@code last}, as {@link #range} takes them, and no others. */
  public static void trim(Database db, Slice key, long first, long last) {
    try (Section section = db.write(key)) {
      HeldList list = find(db, section, key);
      if (!list.isMissing()) {
        Span span = Span.of(first, last, list.size());
        if (span.count() < list.size()) {
          list.keep(span.first(), span.end());
        }
        changed(section, key, list, Event.LTRIM);
      }
    }
  }
}
