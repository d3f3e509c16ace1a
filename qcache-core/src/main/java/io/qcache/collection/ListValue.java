package io.qcache.collection;

import io.qcache.ListEnd;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.SnapshotSink;
import io.qcache.keyspace.LargeValue;

/** A list too large for a record: its elements in a tree of chunks.  Guarded by the stripe. */
public final class ListValue implements LargeValue {
  private final ChunkTree elements;

  private ListValue(ChunkTree elements) {
    this.elements = elements;
  }

  /** A list of copies of the elements, {@code null} for none. */
  public static ListValue of(PackedList small) {
    ListValue list = new ListValue(ChunkTree.ofList());
    if (small != null) {
      PackedList.Steps steps = small.steps(0);
      for (Slice element = new Slice(); steps.next(element); ) {
        list.insert(list.size(), element);
      }
    }
    return list;
  }

  public ChunkTree elements() {
    return elements;
  }

  public long size() {
    return elements.size();
  }

  private void insert(long at, Slice element) {
    elements.insert(at, element.array(), element.offset(), element.length());
  }

  /** Adds a copy of the element at that end. */
  public void push(Slice element, ListEnd end) {
    insert(end == ListEnd.FIRST ? 0 : elements.size(), element);
  }

  /** Adds copies of the slices from {@code from} on at that end, one after the other; all of them or none. */
  public void push(Slices values, int from, ListEnd end) {
    int pushed = 0;
    try {
      for (; from + pushed < values.size(); pushed++) {
        push(values.get(from + pushed), end);
      }
    } finally {
      if (from + pushed < values.size()) { // what stands in chunks that are ours already goes without an allocation
        drop(pushed, end);
      }
    }
  }

  /** Takes so many elements away at that end. */
  public void drop(long count, ListEnd end) {
    long size = elements.size();
    if (end == ListEnd.FIRST) {
      elements.removeRange(0, count);
    } else {
      elements.removeRange(size - count, size);
    }
  }

  /** Takes all elements but those from {@code first} to before {@code end}, at least one, away; all of them or none. */
  public void keep(long first, long end) {
    if (first == 0) {
      elements.removeRange(end, elements.size());
      return;
    }
    try (TreePin before = end == elements.size() ? null : elements.pin()) {
      elements.removeRange(end, elements.size());
      removeOr(before, 0, first);
    }
  }

  /** Takes the elements at these indices, which go up or down, away; all of them or none. */
  public void remove(long[] indices) {
    boolean up = indices[0] < indices[indices.length - 1];
    try (TreePin before = indices.length == 1 ? null : elements.pin()) {
      long end = 0; // of a run of neighbours that goes with one removal, from the last on
      for (int i = 0; i < indices.length; i++) {
        long at = indices[up ? indices.length - 1 - i : i];
        long next = i + 1 == indices.length ? -2 : indices[up ? indices.length - 2 - i : i + 1];
        end = end == 0 ? at + 1 : end;
        if (next != at - 1) {
          removeOr(before, at, end);
          end = 0;
        }
      }
    }
  }

  /** Removes a range, or restores what the pin, if there is one, holds. */
  private void removeOr(TreePin before, long first, long end) {
    try {
      elements.removeRange(first, end);
    } catch (Throwable failed) {
      if (before != null) {
        elements.restore(before);
      }
      throw failed;
    }
  }

  /**
   * The indices of elements that are equal, in the order in which they are met from that end on.
   *
   * @param nth   the first one that counts, from 1 on
   * @param most  how many of them
   * @param among only so many elements are looked at
   */
  public long[] find(Slice wanted, ListEnd from, long nth, long most, long among) {
    return find(elements.walk(from == ListEnd.FIRST ? 0 : elements.size()), elements.size(), wanted, from, nth, most, among);
  }

  static long[] find(Walk walk, long size, Slice wanted, ListEnd from, long nth, long most, long among) {
    Found found = new Found(nth, most);
    Slice element = new Slice();
    long looked = Math.min(among, size);
    for (long i = 0; i < looked && !found.isEnough(); i++) {
      boolean there = from == ListEnd.FIRST ? walk.next(element) : walk.previous(element);
      if (there && wanted.contentEquals(element.array(), element.offset(), element.length())) {
        found.add(from == ListEnd.FIRST ? i : size - 1 - i);
      }
    }
    return found.all();
  }

  @Override public long bytes() {
    return elements.bytes();
  }

  @Override public ListValue copied() {
    return new ListValue(elements.copied());
  }

  @Override public Frozen frozen() {
    return new FrozenList(elements.pin());
  }

  private record FrozenList(TreePin pin) implements Frozen {
    @Override public void give(SnapshotSink sink) {
      sink.elements(pin.size());
      Walk walk = pin.walk(0);
      for (Slice element = new Slice(); walk.next(element); ) {
        sink.value(element.array(), element.offset(), element.length());
      }
    }

    @Override public void close() {
      pin.close();
    }
  }
}
