package io.qcache;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Strings as rows of bits, and of integers of any width.  Every operation is atomic and keeps the deadline but combine. */
public interface Bits<K> extends BitReads<K> {
  /** Sets the bit, filling a gap with zero bits; says what it was. */
  boolean set(K key, long offset, boolean bit);

  /**
   * Makes the target what comes of the sources, all read at one instant; shorter ones, and missing keys, end in zero
   * bits.  The length of the result in bytes: where it is 0 the target is deleted.
   *
   * @throws IllegalArgumentException for no sources, and for {@link BitOperation#NOT} of more than one
   */
  long combine(BitOperation operation, K target, Collection<? extends K> sources);

  /**
   * Carries the steps out in their order and at one instant; the result of each, empty where it overflowed and
   * {@link BitOverflow#FAIL} forbids that.
   */
  List<OptionalLong> fields(K key, List<BitStep> steps);
}
