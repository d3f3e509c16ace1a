package io.qcache;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a database, whatever type they hold.  Every operation is atomic, but that a scan sees the database
 * change.
 *
 * <p>A deadline has millisecond resolution; a key whose deadline has come is missing from that millisecond on, and is
 * taken away soon after without anybody asking.
 */
public interface Keys<K> extends KeyReads<K> {
  /** Deletes the key, and says whether it was there.  Costs the caller the same whatever the size of the value. */
  boolean delete(K key);

  /** Deletes the keys at one instant; how many were there. */
  long delete(Collection<? extends K> keys);

  /** Marks the keys as just used; how many are there.  A key named twice counts twice. */
  long touch(Collection<? extends K> keys);

  /** {@link #expire(Object, Duration, ExpireIf)}, always. */
  default boolean expire(K key, Duration timeToLive) {
    return expire(key, timeToLive, ExpireIf.ALWAYS);
  }

  /**
   * Lets the key live {@code timeToLive} from now, where the condition holds, and says whether it did.  Zero or less
   * deletes it.
   */
  boolean expire(K key, Duration timeToLive, ExpireIf condition);

  /** {@link #expireAt(Object, Instant, ExpireIf)}, always. */
  default boolean expireAt(K key, Instant deadline) {
    return expireAt(key, deadline, ExpireIf.ALWAYS);
  }

  /**
   * Lets the key live until {@code deadline}, where the condition holds, and says whether it did.  The past deletes it.
   */
  boolean expireAt(K key, Instant deadline, ExpireIf condition);

  /** Takes the key's deadline away, and says whether it had one. */
  boolean persist(K key);

  /**
   * Gives the value and its deadline another key, replacing what that held.
   *
   * @throws NoSuchKeyException where {@code from} is missing
   */
  void rename(K from, K to);

  /**
   * Like {@link #rename}, if {@code to} is missing; says whether it did.
   *
   * @throws NoSuchKeyException where {@code from} is missing
   */
  boolean renameIfAbsent(K from, K to);

  /** {@link #copy(Object, Object, CopyOptions)} within the database, if {@code to} is missing. */
  default boolean copy(K from, K to) {
    return copy(from, to, CopyOptions.ifAbsent());
  }

  /**
   * Copies the value and its deadline, and says whether it did: not where {@code from} is missing, or {@code to} is
   * not.
   */
  boolean copy(K from, K to, CopyOptions options);

  /** Moves the key to another database, and says whether it did: not where it is missing here, or there already. */
  boolean move(K key, int database);

  /** A key chosen at random, or empty where there is none. */
  Optional<K> random();

  /**
   * The keys page by page, each fetched when the one before is used up; holds nothing meanwhile and needs no close.  A
   * key that is there from the first page to the last is met; one that comes or goes meanwhile may be, and one may be
   * met twice.
   */
  default Iterable<K> scan(ScanOptions options) {
    return () -> new ScanIterator<>(cursor -> scanPage(cursor, options));
  }

  /**
   * One page of a scan: a handful of keys, perhaps none, and the cursor for the next.  Start with
   * {@link ScanPage#START}, and stop when the page says that it is the last.
   */
  ScanPage<K> scanPage(long cursor, ScanOptions options);

  /** All keys that match a glob pattern, as {@link ScanOptions#matching} understands it. */
  List<K> matching(String glob);

  /** How many keys there are, those included whose deadline has come but which have not been taken away yet. */
  long size();

  /** Deletes all keys of this database at one instant. */
  void clear();
}
