package io.qcache.collection;

/** A part of a {@link ChunkTree}: a chunk of elements, or a branch with parts below it. */
abstract class Node {
  /** The tree's epoch when this was made: where it is older than a pin, it is copied before it is changed. */
  int epoch;

  /** The same, to be changed while this stays as it is. */
  abstract Node copied();

  /** The memory that it takes itself, in bytes. */
  abstract int bytes();
}
