package io.qcache;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The operations of sorted sets that change nothing.  A key that is missing is a sorted set without members.  What is asked of several
 * is answered as of one instant.
 */
public interface SortedSetReads<K, V> {
  /** How many members there are. */
  long size(K key);

  /** The score of the member, or empty where it is none. */
  OptionalDouble score(K key, V member);

  /** The scores of those of the given ones that are members, in their order. */
  Map<V, Double> scores(K key, Collection<? extends V> members);

  /** How many members come before that one, or empty where it is none. */
  OptionalLong rank(K key, V member);

  /** How many members come behind that one, or empty where it is none. */
  OptionalLong reverseRank(K key, V member);

  /**
   * How many members lie in the range, whatever its limit.
   *
   * @throws IllegalArgumentException for a range of positions
   */
  long count(K key, SortedRange<? extends V> range);

  /** The members in the range, in its order. */
  List<V> members(K key, SortedRange<? extends V> range);

  /**
   * The members in the range with their scores, in its order.
   *
   * @throws IllegalArgumentException for a range of members, which are of one score
   */
  List<Scored<V>> entries(K key, SortedRange<? extends V> range);

  /** A member chosen at random, or empty where there is none. */
  Optional<V> random(K key);

  /**
   * Members chosen at random: so many different ones, at most all, or for a negative count just as many, each chosen among all.
   *
   * @throws OutOfRangeException for a count below {@code -Integer.MAX_VALUE}
   */
  List<V> random(K key, long count);

  /** The same with their scores. */
  List<Scored<V>> randomEntries(K key, long count);

  /** What any of the sorted sets has, its scores added. */
  default List<Scored<V>> union(Collection<? extends K> keys) {
    return union(keys, CombineOptions.sum());
  }

  /** What any of the sorted sets has; a set that is not sorted has scores of 1. */
  List<Scored<V>> union(Collection<? extends K> keys, CombineOptions options);

  /** What all of the sorted sets have, its scores added; nothing for no keys. */
  default List<Scored<V>> intersection(Collection<? extends K> keys) {
    return intersection(keys, CombineOptions.sum());
  }

  /** What all of the sorted sets have; a set that is not sorted has scores of 1. */
  List<Scored<V>> intersection(Collection<? extends K> keys, CombineOptions options);

  /** What the first sorted set has and none of the others, with its scores there. */
  List<Scored<V>> difference(K from, Collection<? extends K> without);

  /** How many members all of the sorted sets have; 0 for no keys. */
  default long intersectionSize(Collection<? extends K> keys) {
    return intersectionSize(keys, Long.MAX_VALUE);
  }

  /**
   * How many members all of the sorted sets have, counted no further than {@code most}.
   *
   * @throws OutOfRangeException unless {@code most} is positive
   */
  long intersectionSize(Collection<? extends K> keys, long most);

  /**
   * All members one after the other, fetched in pages as the iteration goes on, in no order.  A member that is there all the time is
   * met, one that comes or goes meanwhile may be, and one may be met twice.
   */
  default Iterable<Scored<V>> scan(K key, ScanOptions options) {
    return () -> new ScanIterator<>(cursor -> scanPage(key, cursor, options));
  }

  /**
   * One page of a scan: {@link ScanPage#keys} are the members met.
   *
   * @throws IllegalArgumentException for options that ask for a type
   */
  ScanPage<Scored<V>> scanPage(K key, long cursor, ScanOptions options);
}
