package io.qcache;

import java.util.List;
import java.util.Optional;

/**
 * What can be asked of lists without changing them.  An index counts from 0 at the first element; a negative one from the end,
 * -1 being the last.  An operation on a key that holds another type throws {@link WrongTypeException}.
 */
public interface ListReads<K, V> {
  /** How many elements there are, 0 where the key is missing. */
  long length(K key);

  /** The element, or empty where there is none at that index. */
  Optional<V> get(K key, long index);

  /** The elements from {@code first} to {@code last}, both inclusive, as they were at one instant; perhaps none. */
  List<V> range(K key, long first, long last);

  /** All elements. */
  default List<V> getAll(K key) {
    return range(key, 0, -1);
  }

  /** The index of the first element that is equal in its bytes, -1 where none is. */
  long indexOf(K key, V element);

  /** The indices of the elements that are equal in their bytes. */
  List<Long> find(K key, V element, FindOptions options);
}
