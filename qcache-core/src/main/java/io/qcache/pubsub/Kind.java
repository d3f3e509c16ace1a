package io.qcache.pubsub;

/** What can be subscribed to. */
public enum Kind {
  /** A channel by its name. */
  CHANNEL,
  /** All channels whose names a glob pattern fits. */
  PATTERN,
  /** A channel of SPUBLISH, which has nothing to do with one of PUBLISH of the same name. */
  SHARD
}
