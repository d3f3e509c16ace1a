package io.qcache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists: sequences of values, fast at both ends and by index O(log n).  A list comes with its first element and goes with its
 * last.  Every operation is atomic.
 *
 * <p>Those with a {@code timeout}, which must be positive, wait where they find nothing: until another thread, or another client,
 * has brought something, or it is over.  It is kept in milliseconds, rounded up.  Of those who wait for a key, in whatever way, who
 * came first is served first, before anybody else can take what was brought.  An interrupt ends the wait with a
 * {@link QCacheException}, the flag set, and closing with a {@link ClosedException}.  A client waits on one of its pooled
 * connections; if it is interrupted or cut off as the server serves it, the element may be gone.
 */
public interface Lists<K, V> extends ListReads<K, V> {
  /** Adds the element at the front; how many there are then. */
  default long addFirst(K key, V element) {
    return addAllFirst(key, List.of(element));
  }

  /** Adds the element at the end; how many there are then. */
  default long addLast(K key, V element) {
    return addAllLast(key, List.of(element));
  }

  /** Adds the elements one after the other at the front, so that the last of them is first; how many there are then. */
  long addAllFirst(K key, Collection<? extends V> elements);

  /** Adds the elements at the end; how many there are then. */
  long addAllLast(K key, Collection<? extends V> elements);

  /** {@link #addAllFirst} where the key is there; otherwise 0. */
  long addAllFirstIfPresent(K key, Collection<? extends V> elements);

  /** {@link #addAllLast} where the key is there; otherwise 0. */
  long addAllLastIfPresent(K key, Collection<? extends V> elements);

  /** Takes the first element away and returns it; empty where the key is missing. */
  Optional<V> pollFirst(K key);

  /** Takes the last element away and returns it; empty where the key is missing. */
  Optional<V> pollLast(K key);

  /** The same, waiting so long for the key to be there. */
  default Optional<V> pollFirst(K key, Duration timeout) {
    return pollAny(List.of(key), ListEnd.FIRST, 1, timeout).map(taken -> taken.getValue().get(0));
  }

  /** The same from the end. */
  default Optional<V> pollLast(K key, Duration timeout) {
    return pollAny(List.of(key), ListEnd.LAST, 1, timeout).map(taken -> taken.getValue().get(0));
  }

  /**
   * Takes up to {@code most} elements away, from the first on, and returns them.
   *
   * @throws OutOfRangeException for a negative number
   */
  List<V> pollFirst(K key, long most);

  /** The same from the last on, which is then the first of those returned. */
  List<V> pollLast(K key, long most);

  /**
   * Takes up to {@code most} elements away at an end of the first of the keys that is there, and returns that key with them,
   * the outermost first; empty where none is there.
   *
   * @throws OutOfRangeException unless {@code most} is positive
   */
  Optional<Map.Entry<K, List<V>>> pollAny(Collection<? extends K> keys, ListEnd end, long most);

  /**
   * The same, waiting so long for one of the keys to be there.
   *
   * @throws IllegalArgumentException for no keys
   * @throws OutOfRangeException unless {@code most} and the timeout are positive
   */
  Optional<Map.Entry<K, List<V>>> pollAny(Collection<? extends K> keys, ListEnd end, long most, Duration timeout);

  /** Takes the element at an end of a list away, adds it at an end of another or the same, and returns it. */
  Optional<V> move(K from, ListEnd fromEnd, K to, ListEnd toEnd);

  /**
   * The same, waiting so long for the first key to be there.
   *
   * @throws OutOfRangeException unless the timeout is positive
   */
  Optional<V> move(K from, ListEnd fromEnd, K to, ListEnd toEnd, Duration timeout);

  /**
   * Replaces the element.
   *
   * @throws NoSuchKeyException  where the key is missing
   * @throws OutOfRangeException where there is no such index
   */
  void set(K key, long index, V element);

  /**
   * Inserts the element before the first that equals {@code pivot} in its bytes; how many there are then, 0 where the key is
   * missing, -1 where none is equal.
   */
  long insertBefore(K key, V pivot, V element);

  /** The same behind the first that is equal. */
  long insertAfter(K key, V pivot, V element);

  /** Removes all elements that are equal in their bytes; how many. */
  default long remove(K key, V element) {
    return remove(key, element, ListEnd.FIRST, Long.MAX_VALUE);
  }

  /**
   * Removes up to {@code most} elements that are equal in their bytes, those nearest to that end; how many.
   *
   * @throws OutOfRangeException unless {@code most} is positive
   */
  long remove(K key, V element, ListEnd from, long most);

  /** Removes all elements but those from {@code first} to {@code last}, both inclusive. */
  void trim(K key, long first, long last);
}
