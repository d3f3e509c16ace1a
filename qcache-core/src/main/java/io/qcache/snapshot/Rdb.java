package io.qcache.snapshot;

/**
 * What the bytes of an RDB file mean.
 * <pre>
 *   REDIS0008
 *   AUX name value …
 *   SELECTDB n   RESIZEDB keys deadlines
 *   [EXPIRETIME_MS 8 bytes] type key value …
 *   EOF  CRC-64 of all before, 8 bytes little-endian, 0 for none; from version 5 on
 * </pre>
 * A length is, by the two high bits of its first byte: 6 bits in it; 14 bits in it and the next; for 0x80 and 0x81 the next 4 or
 * 8 bytes, the high ones first.  11 says how a string is encoded instead: an integer of 1, 2 or 4 bytes, or LZF.
 */
final class Rdb {
  /** The oldest version whose deadlines are in milliseconds. */
  static final int OLDEST_WRITTEN = 3;
  /** The oldest version that carries all that a QCache holds, and exactly. */
  static final int VERSION = 8;
  static final int NEWEST = 12;
  static final int DEADLINES_OF_FIELDS_SINCE = 12;
  static final int CHECKSUMS_SINCE = 5;
  static final int NOTES_SINCE = 7; // AUX and RESIZEDB
  static final int BINARY_SCORES_SINCE = 8;

  // opcodes
  static final int SLOT_INFO = 244, FUNCTION2 = 245, FUNCTION_PRE_GA = 246, MODULE_AUX = 247, IDLE = 248, FREQ = 249, AUX = 250,
      RESIZEDB = 251, EXPIRETIME_MS = 252, EXPIRETIME = 253, SELECTDB = 254, EOF = 255;

  // types
  static final int STRING = 0, LIST = 1, SET = 2, ZSET = 3, HASH = 4, ZSET_2 = 5, MODULE_PRE_GA = 6, MODULE_2 = 7, HASH_ZIPMAP = 9,
      LIST_ZIPLIST = 10, SET_INTSET = 11, ZSET_ZIPLIST = 12, HASH_ZIPLIST = 13, LIST_QUICKLIST = 14, STREAM = 15,
      HASH_LISTPACK = 16, ZSET_LISTPACK = 17, LIST_QUICKLIST_2 = 18, STREAM_2 = 19, SET_LISTPACK = 20, STREAM_3 = 21,
      HASH_DEADLINES_PRE_GA = 22, HASH_LISTPACK_DEADLINES_PRE_GA = 23, HASH_DEADLINES = 24, HASH_LISTPACK_DEADLINES = 25;

  // how a length begins
  static final int BITS_14 = 0x40, BITS_32 = 0x80, BITS_64 = 0x81, ENCODED = 0xc0;
  static final int INT8 = 0, INT16 = 1, INT32 = 2, LZF = 3;

  private Rdb() {}
}
