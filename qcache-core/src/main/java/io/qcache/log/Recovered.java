package io.qcache.log;

/**
 * Where the log goes on.
 *
 * @param next         the number of the next unit
 * @param segment      the first number of the segment to go on in, or -1 where there is none
 * @param segmentBytes its length, what was torn cut off
 * @param otherBytes   of the segments before it
 */
public record Recovered(long next, long segment, long segmentBytes, long otherBytes) {
  /** Of a log without anything. */
  public static final Recovered NOTHING = new Recovered(1, -1, 0, 0);
}
