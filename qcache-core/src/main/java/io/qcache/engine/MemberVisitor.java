package io.qcache.engine;

/** Is shown members of a sorted set. */
@FunctionalInterface
public interface MemberVisitor {
  /** The next member, in place: copy it, for the array is the store's. */
  void member(byte[] array, int from, int length, double score);
}
