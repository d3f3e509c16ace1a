package io.qcache.log;

/** When what is written to the log is made safe from a loss of power: Redis's appendfsync. */
public enum ForcePolicy {
  /** Before it is acknowledged. */
  ALWAYS,
  /** Within a second. */
  EVERYSEC,
  /** When the system likes to. */
  NO
}
