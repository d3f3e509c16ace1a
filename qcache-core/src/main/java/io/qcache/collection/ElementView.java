package io.qcache.collection;

import io.qcache.engine.Slice;
import java.util.random.RandomGenerator;

/**
 * What can be read of a hash or a set, whatever its form.  What it points slices at is good until its next call, and under the
 * stripe's read lock or better; of what is {@link #kept} without a lock, until it is closed, for one thread at a time.
 */
public interface ElementView extends AutoCloseable {
  /** Elements one after the other, with their values. */
  interface Steps {
    /** Points the slices at the next element and its value, which is empty where elements have none; false behind the last. */
    boolean next(Slice element, Slice value);
  }

  /** How many elements there are. */
  long size();

  /** About how many bytes they take. */
  long bytes();

  boolean contains(Slice element);

  /** Points {@code value} at the element's; false where there is no such element. */
  boolean get(Slice element, Slice value);

  /** All elements. */
  Steps walk();

  /** All elements in a random order. */
  Steps inRandomOrder(RandomGenerator random);

  /** Points the slices at some element, each with the same chance; there is one. */
  void random(RandomGenerator random, Slice element, Slice value);

  /** The same elements, to be read without the lock until it is closed. */
  ElementView kept();

  @Override default void close() {}
}
