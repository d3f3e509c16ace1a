package io.qcache.log;

/** What keeps the effects of all units, in the order in which these happened. */
public interface EffectLog {
  /**
   * Takes over what a unit has done, and clears it.  Under the stripes of the unit, which makes the order the right one; waits
   * for nothing.
   */
  void append(Effects unit);
}
