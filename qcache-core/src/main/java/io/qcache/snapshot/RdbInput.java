package io.qcache.snapshot;

import io.qcache.disk.StoredFile;
import io.qcache.engine.Numbers;
import io.qcache.engine.Parts;
import io.qcache.engine.Slice;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of an RDB file, their checksum, and where one is, for what has to be said of them.  Nothing is sized by a length that
 * the file announces: arrays grow with what has come.  For one thread.
 */
final class RdbInput {
  // a score that is text, by its length
  static final int NOT_A_NUMBER = 253;
  static final int INFINITE = 254;
  static final int MINUS_INFINITE = 255;

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int WHOLE_BYTES = Parts.PIECE_BYTES; // up to which a string is read where it lies
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final StoredFile file;
  private final String name;
  private final byte[] buffer; // no shorter than the file, or than what is asked for at once
  private final ByteBuffer direct;
  private long start; // where the buffer's first byte stands in the file
  private int at;
  private int end;
  private int summedTo;
  private boolean summing = true;
  private long crc;
  private boolean encoded; // of the last length
  private long itemAt; // where what is being read began

  RdbInput(StoredFile file, String name) throws IOException {
    this.file = file;
    this.name = name;
    buffer = new byte[(int) Math.min(BUFFER_BYTES, file.size() + 1)];
    direct = ByteBuffer.allocateDirect(buffer.length);
  }

  /** Bytes read so far. */
  long position() {
    return start + at;
  }

  /** A key, or something else that stands alone, begins here. */
  void item() {
    itemAt = position();
  }

  /** What to throw where the file is not what it should be. */
  RdbException damaged(String what) {
    return new RdbException(name + " is damaged at byte " + position() + ", in what begins at byte " + itemAt + ": " + what);
  }

  /** What to throw where the file holds something that is not supported. */
  RdbException unsupported(String what) {
    return new RdbException(name + " holds " + what + " at byte " + itemAt + ", which QCache does not have");
  }

  /** What to throw where what is read leads nowhere. */
  RdbException refused(String what) {
    return new RdbException(name + ", at byte " + itemAt + ": " + what);
  }

  // Bytes

  private void require(int bytes) throws IOException {
    if (bytes > end - at) {
      refill(bytes);
    }
  }

  private void refill(int bytes) throws IOException {
    sum();
    System.arraycopy(buffer, at, buffer, 0, end - at);
    start += at;
    end -= at;
    at = 0;
    summedTo = 0;
    while (bytes > end) {
      int read = end == buffer.length ? -1 : file.read(direct.clear().limit(buffer.length - end));
      if (read < 0) {
        at = end;
        throw damaged("it ends here, in the middle");
      }
      direct.flip().get(buffer, end, read);
      end += read;
    }
  }

  private void sum() {
    if (summing) {
      crc = Crc64.update(crc, buffer, summedTo, at - summedTo);
    }
    summedTo = at;
  }

  /** The checksum of what has been read. */
  long checksum() {
    sum();
    return crc;
  }

  /** The rest is not checked: saves the time. */
  void stopSumming() {
    summing = false;
  }

  /** Whether there is no byte more. */
  boolean isAtEnd() throws IOException {
    return at == end && file.read(direct.clear().limit(1)) < 0;
  }

  int readByte() throws IOException {
    require(1);
    return buffer[at++] & 0xff;
  }

  /** 4 bytes, the low ones first. */
  int readInt() throws IOException {
    require(Integer.BYTES);
    at += Integer.BYTES;
    return (int) INT.get(buffer, at - Integer.BYTES);
  }

  /** 8 bytes, the low ones first. */
  long readLong() throws IOException {
    require(Long.BYTES);
    at += Long.BYTES;
    return (long) LONG.get(buffer, at - Long.BYTES);
  }

  /** Leaves out so many bytes. */
  void skip(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      require(1);
      int part = (int) Math.min(left, end - at);
      at += part;
      left -= part;
    }
  }

  // Lengths

  /** A length; a string's encoding is none. */
  long readLength() throws IOException {
    long length = readLengthOrEncoding();
    if (encoded) {
      throw damaged("a string's encoding in the place of a length");
    }
    return length;
  }

  /** A length of 64 bits without a sign. */
  private long readLengthOrEncoding() throws IOException {
    int first = readByte();
    encoded = first >= Rdb.ENCODED;
    if (first < Rdb.BITS_14) {
      return first;
    }
    if (first < Rdb.BITS_32) {
      return (first & 0x3f) << 8 | readByte();
    }
    if (first == Rdb.BITS_32) {
      require(Integer.BYTES);
      at += Integer.BYTES;
      return (int) BIG_INT.get(buffer, at - Integer.BYTES) & 0xffffffffL;
    }
    if (first == Rdb.BITS_64) {
      require(Long.BYTES);
      at += Long.BYTES;
      return (long) BIG_LONG.get(buffer, at - Long.BYTES);
    }
    if (encoded) {
      return first & 0x3f;
    }
    throw damaged("a length that begins with " + first);
  }

  /** A length that is a count of something, each of which takes a byte at least. */
  long readCount() throws IOException {
    long count = readLength();
    if (count < 0) {
      throw damaged("a count above 2^63");
    }
    return count;
  }

  private int readStringLength() throws IOException {
    return checked(readLength());
  }

  private int checked(long length) throws IOException {
    if (length < 0 || length > Integer.MAX_VALUE - 8) {
      throw refused("a string of " + Long.toUnsignedString(length) + " bytes, which is too long");
    }
    return (int) length;
  }

  // Strings

  /**
   * Points the slice at the next string, which lies in {@code own} or where the next read overwrites it.  A long one that is not
   * compressed comes in parts where {@code mayBeParts}.
   */
  void readString(Slice into, Scratch own, boolean mayBeParts) throws IOException {
    long length = readLengthOrEncoding();
    if (encoded) {
      readEncoded((int) length, into, own);
    } else if (length >= 0 && length <= WHOLE_BYTES) {
      require((int) length);
      into.wrap(buffer, at, (int) length);
      at += (int) length;
    } else if (mayBeParts) {
      into.wrap(readParts(checked(length)));
    } else {
      into.wrap(readLong(checked(length)));
    }
  }

  /** The same, to stay until {@code own} is used again. */
  void readKept(Slice into, Scratch own) throws IOException {
    readString(into, own, false);
    own.keep(into);
  }

  /** Leaves out a string. */
  void skipString() throws IOException {
    long length = readLengthOrEncoding();
    if (!encoded) {
      skip(checked(length));
    } else if (length == Rdb.LZF) {
      int compressed = readStringLength();
      readStringLength();
      skip(compressed);
    } else if (length <= Rdb.INT32) {
      skip(1L << length);
    } else {
      throw damaged("a string of the encoding " + length);
    }
  }

  private void readEncoded(int encoding, Slice into, Scratch own) throws IOException {
    switch (encoding) {
      case Rdb.INT8 -> own.number((byte) readByte(), into);
      case Rdb.INT16 -> own.number((short) (readByte() | readByte() << 8), into);
      case Rdb.INT32 -> own.number(readInt(), into);
      case Rdb.LZF -> {
        int compressed = readStringLength();
        int length = readStringLength();
        byte[] expanded;
        if (compressed <= WHOLE_BYTES) {
          require(compressed);
          expanded = Lzf.expand(buffer, at, compressed, length);
          at += compressed;
        } else {
          byte[] bytes = readLong(compressed);
          expanded = Lzf.expand(bytes, 0, compressed, length);
        }
        if (expanded == null) {
          throw damaged("a compressed string that is none");
        }
        into.wrap(expanded, 0, length);
      }
      default -> throw damaged("a string of the encoding " + encoding);
    }
  }

  private Parts readParts(int length) throws IOException {
    Parts parts = new Parts(length);
    while (parts.missing() > 0) {
      require(Math.min(WHOLE_BYTES, parts.missing()));
      int taken = parts.takes(Math.min(end - at, parts.missing()));
      parts.add(buffer, at, taken);
      at += taken;
    }
    return parts;
  }

  private byte[] readLong(int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, BUFFER_BYTES)];
    for (int read = 0; read < length; ) {
      if (read == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
      }
      require(1);
      int part = Math.min(end - at, bytes.length - read);
      System.arraycopy(buffer, at, bytes, read, part);
      at += part;
      read += part;
    }
    return bytes;
  }

  /** A score in text, with its length before it. */
  double readTextScore() throws IOException {
    int length = readByte();
    switch (length) {
      case NOT_A_NUMBER -> {
        return Double.NaN;
      }
      case INFINITE -> {
        return Double.POSITIVE_INFINITY;
      }
      case MINUS_INFINITE -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        require(length);
        double score = Numbers.strictDouble(new Slice().wrap(buffer, at, length));
        at += length;
        return score;
      }
    }
  }

  /** Bytes of one's own, for a string that has to stay, or that is a number in the file. */
  static final class Scratch {
    private static final int KEPT_BYTES = 64 << 10; // a longer array is let go of
    private byte[] bytes = new byte[64];

    /** Makes the slice's bytes its own. */
    void keep(Slice slice) {
      int length = slice.length();
      if (slice.array() == bytes) {
        return;
      }
      if (length > bytes.length || bytes.length > KEPT_BYTES) {
        bytes = new byte[Math.max(64, length)];
      }
      System.arraycopy(slice.array(), slice.offset(), bytes, 0, length);
      slice.wrap(bytes, 0, length);
    }

    void number(long number, Slice into) {
      into.wrap(bytes, 0, Numbers.write(number, bytes, 0));
    }
  }
}
