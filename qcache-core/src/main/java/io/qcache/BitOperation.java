package io.qcache;

/** How strings are made one, bit by bit; shorter ones are taken to end in zero bits. */
public enum BitOperation {
  AND, OR, XOR,
  /** Turns the bits of one string over. */
  NOT
}
