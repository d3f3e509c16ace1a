package io.qcache;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations of hashes that change nothing.  A key that is missing is a hash without fields. */
public interface HashReads<K, V> {
  /** The field's value, or empty where it is missing. */
  Optional<V> get(K key, K field);

  /** The values of those of the fields that are there, in the order of the fields. */
  Map<K, V> getAll(K key, Collection<? extends K> fields);

  /** All fields with their values, as they are at one instant, in no order. */
  Map<K, V> entries(K key);

  /** All fields. */
  Set<K> fields(K key);

  /** The values of all fields. */
  List<V> values(K key);

  /** How many fields there are. */
  long size(K key);

  boolean contains(K key, K field);

  /** The length of the field's value in bytes, 0 where it is missing. */
  long length(K key, K field);

  /** How long the field still lives. */
  TimeToLive timeToLive(K key, K field);

  /** The time until which the field lives, or empty where it goes never, or is missing. */
  Optional<Instant> deadline(K key, K field);

  /** A field chosen at random, or empty where there is none. */
  Optional<K> random(K key);

  /**
   * Fields chosen at random: so many different ones, at most all, or for a negative count just as many, each chosen among all.
   *
   * @throws OutOfRangeException for a count below {@code -Integer.MAX_VALUE}
   */
  List<K> random(K key, long count);

  /** {@link #random(Object, long)} with the values. */
  List<Map.Entry<K, V>> randomEntries(K key, long count);

  /**
   * All fields with their values one after the other, fetched in pages as the iteration goes on: for hashes that are too large for
   * {@link #entries}.  A field that is there all the time is met, one that comes or goes meanwhile may be, and one may be met
   * twice.  The pattern is of fields.
   */
  default Iterable<Map.Entry<K, V>> scan(K key, ScanOptions options) {
    return () -> new ScanIterator<>(cursor -> scanPage(key, cursor, options));
  }

  /**
   * One page of a scan: {@link ScanPage#keys} are the fields met, with their values.
   *
   * @throws IllegalArgumentException for options that ask for a type
   */
  ScanPage<Map.Entry<K, V>> scanPage(K key, long cursor, ScanOptions options);
}
