package io.qcache.benchmarks.hits;

/**
 * A bounded cache as a trace sees it: every key has an entry of one size, and what is missed is put in.
 * Keys are numbered from 0 as {@link Trace} does, so a policy may keep what it knows of a key in an array.
 * For one thread.
 */
public interface Policy {
  /** Asks for the key, puts it in where it was missing, and says whether it was there. */
  boolean get(int key);

  /** How many entries there are now; never more than the policy was opened for. */
  int resident();
}
