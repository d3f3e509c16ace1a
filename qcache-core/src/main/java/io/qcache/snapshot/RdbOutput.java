package io.qcache.snapshot;

import io.qcache.disk.StoredFile;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes on their way into an RDB file, and their checksum.  For one thread. */
final class RdbOutput {
  private static final int BUFFER_BYTES = 128 << 10;
  private static final long FORCED_BYTES = 32 << 20; // so that the last force finds little, and others' writes do not wait for it
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final StoredFile file;
  private final boolean summed;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private int at;
  private long written; // bytes
  private long forcedAt;
  private long crc;

  RdbOutput(StoredFile file, boolean summed) {
    this.file = file;
    this.summed = summed;
  }

  /** Bytes so far. */
  long size() {
    return written + at;
  }

  private void reserve(int bytes) throws IOException {
    if (bytes > buffer.length - at) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (summed) {
      crc = Crc64.update(crc, buffer, 0, at);
    }
    direct.clear().put(buffer, 0, at).flip();
    file.write(direct);
    written += at;
    at = 0;
    if (written - forcedAt >= FORCED_BYTES) {
      file.force();
      forcedAt = written;
    }
  }

  /** Replaces the first bytes; nothing has gone to the file yet, as a buffer holds all that is written before the first key. */
  void replaceStart(byte[] with) {
    if (written > 0) {
      throw new IllegalStateException("the first bytes are written");
    }
    System.arraycopy(with, 0, buffer, 0, with.length);
  }

  void put(int b) throws IOException {
    reserve(1);
    buffer[at++] = (byte) b;
  }

  void put(byte[] array, int from, int length) throws IOException {
    int done = 0;
    while (length - done > buffer.length - at) {
      int part = buffer.length - at;
      System.arraycopy(array, from + done, buffer, at, part);
      at += part;
      done += part;
      flush();
    }
    System.arraycopy(array, from + done, buffer, at, length - done);
    at += length - done;
  }

  /** 8 bytes, the low ones first. */
  void putLong(long value) throws IOException {
    reserve(Long.BYTES);
    LONG.set(buffer, at, value);
    at += Long.BYTES;
  }

  void putLength(long length) throws IOException {
    reserve(1 + Long.BYTES);
    if (length < 1 << 6) {
      buffer[at++] = (byte) length;
    } else if (length < 1 << 14) {
      buffer[at++] = (byte) (Rdb.BITS_14 | length >>> 8);
      buffer[at++] = (byte) length;
    } else if (length <= 0xffffffffL) {
      buffer[at] = (byte) Rdb.BITS_32;
      BIG_INT.set(buffer, at + 1, (int) length);
      at += 1 + Integer.BYTES;
    } else {
      buffer[at] = (byte) Rdb.BITS_64;
      BIG_LONG.set(buffer, at + 1, length);
      at += 1 + Long.BYTES;
    }
  }

  /** An integer of 32 bits, as a string that is encoded so. */
  void putInteger(int value) throws IOException {
    reserve(1 + Integer.BYTES);
    if (value == (byte) value) {
      buffer[at++] = (byte) (Rdb.ENCODED | Rdb.INT8);
      buffer[at++] = (byte) value;
      return;
    }
    boolean isShort = value == (short) value;
    buffer[at++] = (byte) (Rdb.ENCODED | (isShort ? Rdb.INT16 : Rdb.INT32));
    for (int shift = 0; shift < (isShort ? Short.SIZE : Integer.SIZE); shift += Byte.SIZE) {
      buffer[at++] = (byte) (value >>> shift);
    }
  }

  /** The checksum of all so far, if there is to be one, and the last bytes into the file. */
  void end(boolean hasChecksum) throws IOException {
    flush();
    if (hasChecksum) {
      putLong(crc);
      flush();
    }
  }
}
