package io.qcache.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What a unit is in a segment, little-endian:
 * <pre>
 *   crc 4 │ length 4 │ sequence 8 │ forced 8 │ effects, length bytes
 * </pre>
 * The CRC32C is that of all that follows it.  Sequence numbers go up by one from frame to frame, across segments too.  {@code
 * forced} is the highest one that was known to be safe when this was written: damage at or below it is no torn tail.
 */
final class Frame {
  static final int HEADER_BYTES = 24;

  private static final int LENGTH = 4;
  private static final int SEQUENCE = 8;
  private static final int FORCED = 16;
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Frame() {}

  /** Begins a header. */
  static void begin(byte[] header, int at, int length, long sequence) {
    INT.set(header, at + LENGTH, length);
    LONG.set(header, at + SEQUENCE, sequence);
  }

  /** Completes a frame whose effects follow its header. */
  static void seal(byte[] frame, int at, long forced, CRC32C crc) {
    seal(frame, at, forced, frame, at + HEADER_BYTES, crc);
  }

  /** Completes the header of a frame whose effects lie elsewhere. */
  static void seal(byte[] header, int at, long forced, byte[] effects, int from, CRC32C crc) {
    LONG.set(header, at + FORCED, forced);
    INT.set(header, at, crc(header, at, effects, from, crc));
  }

  private static int crc(byte[] header, int at, byte[] effects, int from, CRC32C crc) {
    crc.reset();
    crc.update(header, at + LENGTH, HEADER_BYTES - LENGTH);
    crc.update(effects, from, length(header, at));
    return (int) crc.getValue();
  }

  static boolean isWhole(byte[] frame, int at, CRC32C crc) {
    return crc(frame, at, frame, at + HEADER_BYTES, crc) == (int) INT.get(frame, at);
  }

  /** As it stands there: negative where the header is none. */
  static int length(byte[] frame, int at) {
    return (int) INT.get(frame, at + LENGTH);
  }

  static long sequence(byte[] frame, int at) {
    return (long) LONG.get(frame, at + SEQUENCE);
  }

  static long forced(byte[] frame, int at) {
    return (long) LONG.get(frame, at + FORCED);
  }
}
