package io.qcache;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operations of sets that change nothing.  A key that is missing is a set without members.  What is asked of several sets is
 * answered as of one instant.
 */
public interface SetReads<K, V> {
  /** How many members there are. */
  long size(K key);

  boolean contains(K key, V member);

  /** Those of the given ones that are members, in their order. */
  Set<V> present(K key, Collection<? extends V> members);

  /** All members, in no order. */
  Set<V> members(K key);

  /** A member chosen at random, or empty where there is none. */
  Optional<V> random(K key);

  /**
   * Members chosen at random: so many different ones, at most all, or for a negative count just as many, each chosen among all.
   *
   * @throws OutOfRangeException for a count below {@code -Integer.MAX_VALUE}
   */
  List<V> random(K key, long count);

  /** What any of the sets has. */
  Set<V> union(Collection<? extends K> keys);

  /** What all of the sets have; nothing for no keys. */
  Set<V> intersection(Collection<? extends K> keys);

  /** What the first set has and none of the others. */
  Set<V> difference(K from, Collection<? extends K> without);

  /** How many members all of the sets have; 0 for no keys. */
  default long intersectionSize(Collection<? extends K> keys) {
    return intersectionSize(keys, Long.MAX_VALUE);
  }

  /**
   * How many members all of the sets have, counted no further than {@code most}.
   *
   * @throws OutOfRangeException unless {@code most} is positive
   */
  long intersectionSize(Collection<? extends K> keys, long most);

  /**
   * All members one after the other, fetched in pages as the iteration goes on: for sets that are too large for
   * {@link #members}.  A member that is there all the time is met, one that comes or goes meanwhile may be, and one may be met
   * twice.
   */
  default Iterable<V> scan(K key, ScanOptions options) {
    return () -> new ScanIterator<>(cursor -> scanPage(key, cursor, options));
  }

  /**
   * One page of a scan: {@link ScanPage#keys} are the members met.
   *
   * @throws IllegalArgumentException for options that ask for a type
   */
  ScanPage<V> scanPage(K key, long cursor, ScanOptions options);
}
