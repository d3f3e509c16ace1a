package io.qcache;

/** When what a cache with a directory writes to its log is made safe from a loss of power; Redis's appendfsync. */
public enum Fsync {
  /** Before a change returns. */
  ALWAYS,
  /** Within a second. */
  EVERYSEC,
  /** When the system likes to. */
  NO
}
