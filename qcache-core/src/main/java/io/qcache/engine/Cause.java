package io.qcache.engine;

/** Why a key changed. */
public enum Cause {
  /** A command wrote it. */
  WRITTEN,
  /** A command wrote it over what it held before. */
  REPLACED,
  /** A command deleted it. */
  DELETED,
  /** Its deadline had come. */
  EXPIRED,
  /** It was dropped, since the bound left no room for it. */
  EVICTED,
  /** Nothing changed: a read found it missing. */
  MISSED
}
