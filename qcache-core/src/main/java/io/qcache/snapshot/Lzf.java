package io.qcache.snapshot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The compression of strings in RDB files: runs of bytes as they are, and references to what came before.
 * <pre>
 *   000LLLLL  bytes              the next L + 1 bytes as they are
 *   LLLDDDDD  dddddddd           L + 2 bytes that stand D d + 1 bytes before; L is 1 to 6
 *   111DDDDD  LLLLLLLL dddddddd  the same for L + 9 bytes
 * </pre>
 * A reference reaches back 8,192 bytes at most and may reach into what it makes itself.  One that compresses is for one thread.
 */
final class Lzf {
  private static final int MOST_PLAIN = 32;
  private static final int MOST_BACK = 1 << 13;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 2 + 7 + 255;
  private static final int HASH_BITS = 14;
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] seen = new int[1 << HASH_BITS]; // where three bytes of that hash stood last, above base
  private int base; // what is not above it is of a call before

  /** The three bytes there, for there are four. */
  private static int three(byte[] array, int at) {
    return (int) INT.get(array, at) & 0xffffff;
  }

  /**
   * Compresses {@code length} bytes into {@code into}, where there is room for {@code room} bytes.
   *
   * @return how many bytes it took, 0 where it would have been more
   */
  int compress(byte[] array, int from, int length, byte[] into, int room) {
    if (base > Integer.MAX_VALUE - length - 1) {
      Arrays.fill(seen, 0);
      base = 0;
    }
    int end = from + length;
    int shift = base + 1 - from; // what makes a position one above base
    int out = 0;
    int plainFrom = from;
    int at = from;
    while (at < end - SHORTEST) {
      int key = three(array, at);
      int slot = key * 0x9E3779B1 >>> Integer.SIZE - HASH_BITS;
      int before = seen[slot];
      seen[slot] = at + shift;
      int back = at + shift - before;
      if (before <= base || back > MOST_BACK || three(array, at - back) != key) {
        at++;
        continue;
      }
      int match = match(array, at, back, Math.min(LONGEST, end - at));
      out = plain(array, plainFrom, at, into, out, room);
      if (out < 0 || room - out < 3) {
        base += length;
        return 0;
      }
      out = reference(match, back - 1, into, out);
      at += match;
      plainFrom = at;
    }
    base += length;
    out = plain(array, plainFrom, end, into, out, room);
    return Math.max(out, 0);
  }

  private static int match(byte[] array, int at, int back, int most) {
    int match = SHORTEST;
    while (match < most && array[at + match] == array[at + match - back]) {
      match++;
    }
    return match;
  }

  private static int reference(int match, int distance, byte[] into, int at) {
    int out = at;
    int length = match - 2;
    if (length < 7) {
      into[out++] = (byte) (length << 5 | distance >> 8);
    } else {
      into[out++] = (byte) (7 << 5 | distance >> 8);
      into[out++] = (byte) (length - 7);
    }
    into[out++] = (byte) distance;
    return out;
  }

  /** Where the next goes, -1 where there is no room. */
  private static int plain(byte[] array, int from, int end, byte[] into, int at, int room) {
    int out = at;
    for (int next = from; next < end; ) {
      int run = Math.min(MOST_PLAIN, end - next);
      if (out + 1 + run > room) {
        return -1;
      }
      into[out++] = (byte) (run - 1);
      System.arraycopy(array, next, into, out, run);
      out += run;
      next += run;
    }
    return out;
  }

  /**
   * The bytes, {@code length} of them, that were compressed to those from {@code from} on; in an array that grows as they
   * come.
   *
   * @return null where it is no such thing
   */
  static byte[] expand(byte[] array, int from, int compressed, int length) {
    byte[] into = new byte[(int) Math.min(length, 4L * compressed + 64)];
    int out = 0;
    int at = from;
    int end = from + compressed;
    while (at < end) {
      int control = array[at++] & 0xff;
      boolean plain = control < MOST_PLAIN;
      int count = plain ? control + 1 : control >> 5;
      int back = 0;
      if (!plain) {
        if (count == 7) {
          if (at >= end) {
            return null;
          }
          count += array[at++] & 0xff;
        }
        count += 2;
        if (at >= end) {
          return null;
        }
        back = ((control & 0x1f) << 8 | array[at++] & 0xff) + 1;
      }
      if (count > length - out || (plain ? count > end - at : back > out)) {
        return null;
      }
      if (count > into.length - out) {
        into = Arrays.copyOf(into, (int) Math.min(length, Math.max(out + count, 2L * into.length)));
      }
      if (plain) {
        System.arraycopy(array, at, into, out, count);
        at += count;
      } else {
        repeat(into, out, back, count);
      }
      out += count;
    }
    return out == length ? into : null;
  }

  private static void repeat(byte[] into, int out, int back, int count) {
    if (back >= count) {
      System.arraycopy(into, out - back, into, out, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      into[out + i] = into[out + i - back];
    }
  }
}
