package io.qcache;

/**
 * Something that happened to a key.
 *
 * @param database the index of its database
 * @param key      the key
 * @param name     what happened, as Redis's keyspace notifications call it: {@code set}, {@code expire}, {@code del} …
 * @param cause    why
 */
public record KeyEvent<K>(int database, K key, String name, Cause cause) {
  /** Why something happened to a key. */
  public enum Cause {
    /** An operation wrote it. */
    WRITTEN,
    /** An operation deleted it, or took it to another name or database. */
    DELETED,
    /** Its deadline had come. */
    EXPIRED,
    /** It was dropped, since the bound left no room for it. */
    EVICTED,
    /** A read found it missing. */
    MISSED
  }
}
