package io.qcache;

/** What becomes of a number that its field in a string cannot hold. */
public enum BitOverflow {
  /** It loses its high bits. */
  WRAP,
  /** It becomes the largest or the least that the field can hold. */
  SATURATE,
  /** Nothing is written, and the step has no result. */
  FAIL
}
