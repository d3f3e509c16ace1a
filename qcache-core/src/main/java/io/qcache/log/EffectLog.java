package io.qcache.log;

/** What keeps the effects of all units, in the order in which these happened. */
public interface EffectLog {
  /**
   * Takes over what a unit has done, and clears it; its number, negative where it could not be kept.  Under the stripes of the
   * unit, which makes the order the right one; waits for nothing and throws nothing.
   */
  long append(Effects unit);

  /** The thread that made the unit of that number holds no stripe any more: it may be made to wait until that is safe. */
  default void released(long sequence) {}
}
