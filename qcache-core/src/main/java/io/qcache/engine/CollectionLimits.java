package io.qcache.engine;

/**
 * Up to where OBJECT ENCODING calls a collection by the name of Redis's compact encoding; beyond, it is called by the other one
 * and stays that, as in Redis.  How it is kept here does not depend on it.
 *
 * @param listSize            most elements of a list in one piece, which has no name of its own; 0 and below: as many as we like
 * @param hashEntries         most fields of a compact hash
 * @param hashValueBytes      the longest field or value of one
 * @param intsetEntries       most members of a compact set of integers
 * @param sortedSetEntries    most members of a compact sorted set
 * @param sortedSetValueBytes the longest member of one
 */
public record CollectionLimits(
    long listSize, long hashEntries, long hashValueBytes, long intsetEntries, long sortedSetEntries, long sortedSetValueBytes) {
  /** Redis's. */
  public static final CollectionLimits DEFAULT = new CollectionLimits(-2, 512, 64, 512, 128, 64);
}
