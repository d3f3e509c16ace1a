package io.qcache.net.command;

/** The categories of access rights, in the order COMMAND INFO prints them. */
public enum Category {
  KEYSPACE, READ, WRITE, SET, SORTEDSET, LIST, HASH, STRING, BITMAP, HYPERLOGLOG, GEO, STREAM, PUBSUB, ADMIN, FAST,
  SLOW, BLOCKING, DANGEROUS, CONNECTION, TRANSACTION, SCRIPTING;

  int bit() {
    return 1 << ordinal();
  }
}
