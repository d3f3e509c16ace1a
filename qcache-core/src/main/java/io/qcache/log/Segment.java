package io.qcache.log;

import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of the log: a header, and frames behind it.
 * <pre>
 *   "QCache\0" kind 1 │ first sequence 8 │ frames            00000000000000000042.aof
 * </pre>
 * Its name says its first sequence number.  Of all segments but the last everything is safe before the next one is begun; unless
 * that one is {@link #APART}: something may be missing before it, and it means nothing without the snapshot that it begins with, behind
 * which another segment is begun.
 */
public final class Segment {
  static final int HEADER_BYTES = 16;

  /** It goes on where the one before it ends. */
  static final byte FOLLOWS = 1;
  static final byte APART = 2;

  /** Its header is not whole: nothing is written before that is safe. */
  static final byte NONE = -1;

  private static final byte[] MAGIC = {'Q', 'C', 'a', 'c', 'h', 'e', 0};
  private static final String SUFFIX = ".aof";
  private static final int DIGITS = 20;

  private Segment() {}

  public static String name(long first) {
    String digits = Long.toString(first);
    return "0".repeat(DIGITS - digits.length()).concat(digits).concat(SUFFIX);
  }

  /** The first sequence number that the name says, or -1 where it is no segment's. */
  public static long first(String name) {
    if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
      return -1;
    }
    try {
      return Long.parseUnsignedLong(name, 0, DIGITS, 10);
    } catch (NumberFormatException another) {
      return -1;
    }
  }

  /** The first sequence numbers of all segments there are, in their order. */
  public static List<Long> all(Directory directory) throws IOException {
    List<Long> all = new ArrayList<>();
    for (String name : directory.names()) {
      if (first(name) > 0) {
        all.add(first(name));
      }
    }
    return all;
  }

  static ByteBuffer header(byte kind, long first) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return header.put(MAGIC).put(kind).putLong(first).flip();
  }

  /** Which kind it is of, as it says. */
  static byte kind(Directory directory, long first) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(HEADER_BYTES);
    try (StoredFile file = directory.read(name(first))) {
      while (found.hasRemaining() && file.read(found) >= 0) {
        Thread.onSpinWait();
      }
    }
    return found.hasRemaining() ? NONE : found.get(MAGIC.length);
  }

  /** Whether the first bytes are the header of that segment. */
  static boolean isHeader(byte[] bytes, int at, long first) {
    ByteBuffer found = ByteBuffer.wrap(bytes, at, HEADER_BYTES);
    return header(FOLLOWS, first).equals(found) || header(APART, first).equals(found);
  }
}
