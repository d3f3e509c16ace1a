package io.qcache.snapshot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum at the end of an RDB file: CRC-64 with the polynomial of Jones, bits reflected, from 0 and with no final
 * exclusive or.  Eight bytes a step, by a table for each of them.
 */
final class Crc64 {
  private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L; // 0xad93d23594c935a9 with its bits reversed
  private static final long[][] TABLES = tables();
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Crc64() {}

  private static long[][] tables() {
    long[][] tables = new long[Long.BYTES][256];
    for (int b = 0; b < 256; b++) {
      long crc = b;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
      tables[0][b] = crc;
    }
    for (int ahead = 1; ahead < Long.BYTES; ahead++) { // the same byte with one more zero byte behind it
      for (int b = 0; b < 256; b++) {
        long crc = tables[ahead - 1][b];
        tables[ahead][b] = tables[0][(int) crc & 0xff] ^ crc >>> 8;
      }
    }
    return tables;
  }

  /** Goes on from {@code crc}, 0 at first, over {@code length} bytes. */
  static long update(long crc, byte[] array, int from, int length) {
    long[][] t = TABLES;
    int at = from;
    int end = from + length;
    long sum = crc;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      sum ^= (long) LONG.get(array, at);
      sum = t[7][(int) sum & 0xff] ^ t[6][(int) (sum >>> 8) & 0xff]
          ^ t[5][(int) (sum >>> 16) & 0xff] ^ t[4][(int) (sum >>> 24) & 0xff]
          ^ t[3][(int) (sum >>> 32) & 0xff] ^ t[2][(int) (sum >>> 40) & 0xff]
          ^ t[1][(int) (sum >>> 48) & 0xff] ^ t[0][(int) (sum >>> 56)];
    }
    for (; at < end; at++) {
      sum = t[0][(int) (sum ^ array[at]) & 0xff] ^ sum >>> 8;
    }
    return sum;
  }
}
