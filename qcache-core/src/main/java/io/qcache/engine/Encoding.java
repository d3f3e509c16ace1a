package io.qcache.engine;

import io.qcache.collection.SetDraft;
import io.qcache.keyspace.Records;

/**
 * What OBJECT ENCODING says of a value: Redis's names, by what Redis would do, for programs that look.  How a value is kept here
 * is another matter.
 */
final class Encoding {
  private static final int MOST_EMBEDDED = 44; // bytes

  private Encoding() {}

  /** The name for the value of a record. */
  static String of(Records records, int record) {
    return switch (records.type(record)) {
      case STRING -> ofString(records, record);
      case LIST -> "quicklist";
      case HASH -> ElementRead.encoding(records, record) != 0 ? "hashtable"
          : records.isTimed(record) ? "listpackex" : "listpack";
      case SET -> ElementRead.encoding(records, record) == SetDraft.INTSET ? "intset" : "hashtable";
      case SORTED_SET -> SortedSetOps.isCompact(records, record) ? "listpack" : "skiplist";
    };
  }

  /** What was appended to, or written into, is raw however short it is. */
  private static String ofString(Records records, int record) {
    if (records.isLarge(record) || records.isRaw(record) || records.length(record) > MOST_EMBEDDED) {
      return "raw";
    }
    Slice value = records.valueOf(record, new Slice());
    return Numbers.isLong(value.array(), value.offset(), value.length()) ? "int" : "embstr";
  }
}
