package io.qcache.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A longest common subsequence of two strings: the one that Redis finds, by a table of which it keeps a bit a place
 * instead of a number.
 * <pre>
 *            b₀ b₁ b₂ b₃           L(i,j), the length for the first i bytes of a and the first j of b, grows by 0 or 1
 *        a₀ │ 0  0  1  0           from one place of a row to the next: the row is kept as these steps.
 *        a₁ │ 1  0  0  0           64 places of a row are made at once, from the row above and the places where b
 *        a₂ │ 1  0  0  1           has the row's byte (Hyyrö: Bit-parallel LCS-length computation revisited, 2004).
 * </pre>
 * On the way back, from the last corner, two bytes that differ lead up where the row steps at that place, which says
 * that the row above is as long as this one there, and to the left where it does not.  That is the way that Redis goes.
 * The rows are kept only where the way back is asked for.  Time: the product of the lengths over 64; memory: over 8.
 * For one thread.
 */
public final class CommonSubsequence {
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NOT_KEPT = {};

  private final byte[] first;
  private final byte[] second;
  private final int rowBytes;
  private final byte[] rows; // a bit a place, of each row the bytes that it needs
  private int length;

  /** What is told of each run of bytes that both strings have, from the last to the first; both ends are inclusive. */
  public interface Visitor {
    void range(int firstFrom, int firstTo, int secondFrom, int secondTo);
  }

  /** Keeps the arrays, which must not change; {@code traced} where more than the length is asked for. */
  public CommonSubsequence(byte[] first, byte[] second, boolean traced) {
    this.first = first;
    this.second = second;
    this.rowBytes = (second.length + 7) / 8;
    this.rows = traced ? new byte[Math.multiplyExact(first.length, rowBytes) + Long.BYTES] : NOT_KEPT;
    compute();
  }

  private void compute() {
    int words = (second.length + Long.SIZE - 1) / Long.SIZE;
    long[][] places = new long[256][]; // of each byte of the first string in the second
    long[] row = new long[words];      // a zero is a step
    Arrays.fill(row, -1);
    for (int i = 0; i < first.length; i++) {
      int b = first[i] & 0xff;
      if (places[b] == null) {
        places[b] = placesOf(first[i], words);
      }
      advance(row, places[b]);
      if (rows != NOT_KEPT) {
        keep(row, i);
      }
    }
    length = second.length;
    for (int w = 0; w < words; w++) {
      length -= Long.bitCount(w < words - 1 || second.length % Long.SIZE == 0
          ? row[w] : row[w] & (1L << second.length) - 1);
    }
  }

  private long[] placesOf(byte b, int words) {
    long[] places = new long[words];
    for (int j = 0; j < second.length; j++) {
      if (second[j] == b) {
        places[j >> 6] |= 1L << j;
      }
    }
    return places;
  }

  private static void advance(long[] row, long[] places) {
    long carry = 0;
    for (int w = 0; w < row.length; w++) {
      long old = row[w];
      long matches = old & places[w];
      long sum = old + matches;
      long more = sum + carry;
      carry = Long.compareUnsigned(sum, old) < 0 || Long.compareUnsigned(more, sum) < 0 ? 1 : 0;
      row[w] = more | old & ~matches;
    }
  }

  /** Rows are kept in order, so what one writes beyond its end the next one overwrites. */
  private void keep(long[] row, int i) {
    int at = i * rowBytes;
    for (int w = 0; w < row.length; w++) {
      int left = rows.length - at - w * Long.BYTES;
      if (left >= Long.BYTES) {
        LONG.set(rows, at + w * Long.BYTES, row[w]);
      }
    }
  }

  private boolean steps(int i, int j) {
    return (rows[i * rowBytes + (j >> 3)] & 1 << (j & 7)) == 0;
  }

  /** Its length in bytes. */
  public int length() {
    return length;
  }

  /** Its bytes, a fresh array. */
  public byte[] bytes() {
    byte[] bytes = new byte[length];
    int[] left = {length};
    forEachRange((firstFrom, firstTo, secondFrom, secondTo) -> {
      int count = firstTo - firstFrom + 1;
      left[0] -= count;
      System.arraycopy(first, firstFrom, bytes, left[0], count);
    });
    return bytes;
  }

  /** Shows the runs of bytes that it is made of. */
  public void forEachRange(Visitor visitor) {
    int i = first.length;
    int j = second.length;
    int run = 0; // bytes of the run that begins at i and j
    while (i > 0 && j > 0) {
      if (first[i - 1] == second[j - 1]) {
        i--;
        j--;
        run++;
      } else {
        show(visitor, i, j, run);
        run = 0;
        if (steps(i - 1, j - 1)) {
          i--;
        } else {
          j--;
        }
      }
    }
    show(visitor, i, j, run);
  }

  private static void show(Visitor visitor, int i, int j, int run) {
    if (run > 0) {
      visitor.range(i, i + run - 1, j, j + run - 1);
    }
  }
}
