package io.qcache.keyspace;

/**
 * What all sections of an engine ask about the queues in which eviction keeps their records: into which one a record
 * goes, and what time it is.  Time is counted in bytes of pages opened for new keys, so that it stands still where
 * nothing new comes.  Thread-safe; called under a stripe.
 */
public interface Admission {
  /** Goes on by so many bytes; the time then. */
  long opened(long bytes);

  long now();

  /** How long a tick of the clock of ghosts is, a power of two; there are at most 4,096 of them. */
  long tickBytes();

  /** Whether new keys go into the main queue until the next page is opened for them. */
  boolean takesNew();

  /** Whether a key that was dropped from the small queue and came back so long after it came goes into the main one. */
  boolean takesBack(long ago, long bytes);

  /** Whether a value of so many bytes is one for which the small queue is too short, so that it would drop it at once. */
  boolean isHuge(long bytes);

  /** Whether reads and writes of keys are counted, since somebody evicts by that. */
  boolean counts();
}
