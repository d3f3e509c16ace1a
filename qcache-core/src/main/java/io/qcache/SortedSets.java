package io.qcache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Keys that hold sorted sets: members, each once, in the order of their scores, those of one score in the order of their bytes.
 * Members go by the codec of values.  A sorted set is there with its first member and goes with its last.  Every operation is
 * atomic.  A member, a position and a score are found in O(log n).
 *
 * <p>A key that holds another type is a {@link WrongTypeException}; a score is never a NaN, which is an IllegalArgumentException.
 */
public interface SortedSets<K, V> extends SortedSetReads<K, V> {
  /** Gives the member that score, and says whether it is new. */
  boolean add(K key, V member, double score);

  /** Gives the member that score where the options let it, and says whether it is new or has another score now. */
  boolean add(K key, V member, double score, ScoreOptions options);

  /** Gives the members their scores at one instant; how many are new. */
  long addAll(K key, Map<? extends V, Double> scores);

  /** Gives the members their scores at one instant where the options let it; how many are new or have another score now. */
  long addAll(K key, Map<? extends V, Double> scores, ScoreOptions options);

  /**
   * Adds to the score of the member, 0 where it is none; the sum.
   *
   * @throws OutOfRangeException where the sum is no number, as of opposite infinities
   */
  double increment(K key, V member, double by);

  /** The same where the options let it; empty where they do not. */
  OptionalDouble increment(K key, V member, double by, ScoreOptions options);

  /** Takes the member out, and says whether it was there. */
  boolean remove(K key, V member);

  /** Takes the members out at one instant; how many were there. */
  long removeAll(K key, Collection<? extends V> members);

  /**
   * Takes the members in the range out; how many there were.
   *
   * @throws IllegalArgumentException for a range that is reversed or limited
   */
  long removeRange(K key, SortedRange<? extends V> range);

  /** Takes the first member out, or answers empty where there is none. */
  Optional<Scored<V>> pollFirst(K key);

  /** Takes the last member out, or answers empty where there is none. */
  Optional<Scored<V>> pollLast(K key);

  /**
   * The same, waiting so long for the key to be there, as {@link Lists} say.
   *
   * @throws OutOfRangeException unless the timeout is positive
   */
  Optional<Scored<V>> pollFirst(K key, Duration timeout);

  /** The same of the last member. */
  Optional<Scored<V>> pollLast(K key, Duration timeout);

  /**
   * Takes up to so many members out, from the first on.
   *
   * @throws OutOfRangeException for a negative number
   */
  List<Scored<V>> pollFirst(K key, long most);

  /** Takes up to so many members out, from the last on backwards; see {@link #pollFirst(Object, long)}. */
  List<Scored<V>> pollLast(K key, long most);

  /** Stores the members in the range of another sorted set, whatever {@code to} holds; how many.  Where there are none, the key goes. */
  long storeRange(K to, K from, SortedRange<? extends V> range);

  /** Stores what any of the sorted sets has, its scores added; see {@link #storeUnion(Object, Collection, CombineOptions)}. */
  default long storeUnion(K to, Collection<? extends K> keys) {
    return storeUnion(to, keys, CombineOptions.sum());
  }

  /**
   * Stores what any of the sorted sets has, whatever {@code to} holds; how many members that is.  Where it is none, the key goes.
   *
   * @throws IllegalArgumentException for no keys
   */
  long storeUnion(K to, Collection<? extends K> keys, CombineOptions options);

  /** Stores what all of the sorted sets have, its scores added, as {@link #storeUnion} does. */
  default long storeIntersection(K to, Collection<? extends K> keys) {
    return storeIntersection(to, keys, CombineOptions.sum());
  }

  /** Stores what all of the sorted sets have, as {@link #storeUnion} does. */
  long storeIntersection(K to, Collection<? extends K> keys, CombineOptions options);

  /** Stores what the first sorted set has and none of the others, as {@link #storeUnion} does. */
  long storeDifference(K to, K from, Collection<? extends K> without);
}
