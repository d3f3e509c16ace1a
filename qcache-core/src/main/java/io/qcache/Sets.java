package io.qcache;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that hold sets: members, each once.  Members go by the codec of values.  A set is there with its first member and goes with
 * its last.  Every operation is atomic; what is done to one member costs the same however many there are.  Sets of integers
 * are kept tightly.
 *
 * <p>A key that holds another type is a {@link WrongTypeException}.
 */
public interface Sets<K, V> extends SetReads<K, V> {
  /** Adds the member, and says whether it is new. */
  boolean add(K key, V member);

  /** Adds the members at one instant; how many are new. */
  long addAll(K key, Collection<? extends V> members);

  /** Takes the member out, and says whether it was there. */
  boolean remove(K key, V member);

  /** Takes the members out at one instant; how many were there. */
  long removeAll(K key, Collection<? extends V> members);

  /** Takes a member chosen at random out, or answers empty where there is none. */
  Optional<V> poll(K key);

  /**
   * Takes up to so many members chosen at random out.
   *
   * @throws OutOfRangeException for a negative number
   */
  Set<V> poll(K key, long most);

  /** Moves a member from one set to another, and says whether the first had it. */
  boolean move(K from, K to, V member);

  /**
   * Stores what any of the sets has, whatever {@code to} holds; how many members that is.  Where it is none, the key goes.
   *
   * @throws IllegalArgumentException for no keys
   */
  long storeUnion(K to, Collection<? extends K> keys);

  /** Stores what all of the sets have, as {@link #storeUnion} does. */
  long storeIntersection(K to, Collection<? extends K> keys);

  /** Stores what the first set has and none of the others, as {@link #storeUnion} does. */
  long storeDifference(K to, K from, Collection<? extends K> without);
}
