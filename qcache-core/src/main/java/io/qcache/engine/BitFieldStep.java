package io.qcache.engine;

import io.qcache.BitOverflow;
import io.qcache.engine.BitFields.Kind;
import io.qcache.engine.BitFields.Step;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;

/**
 * One step on a field of up to 64 bits, which lies in up to nine bytes of a string, the highest bit first:
 * <pre>
 *   byte  │ 0 . . . . . . . │ 1 . . . . . . . │ 2 …          u9 at bit 5:  │ . . . . . x x x │ x x x x x x . . │
 * </pre>
 * Signed ones are in two's complement.
 */
final class BitFieldStep {
  private BitFieldStep() {}

  /** What the field holds; zero bits are behind the string's end. */
  static long get(Records records, int record, Step step) {
    int length = records.length(record);
    long value = 0;
    long end = step.offset + step.bits;
    for (long at = step.offset >> 3; at << 3 < end; at++) {
      int held = at < length ? records.byteAt(record, (int) at) : 0;
      int from = (int) Math.max(0, step.offset - (at << 3));
      int to = (int) Math.min(8, end - (at << 3));
      value = value << to - from | held >>> 8 - to & (1 << to - from) - 1;
    }
    return step.signed ? value << Long.SIZE - step.bits >> Long.SIZE - step.bits : value;
  }

  /** Carries the step out on a value that reaches as far; whether it changed anything. */
  static boolean run(Section section, Slice key, int record, Step step) {
    long old = get(section.records(), record, step);
    if (step.kind == Kind.GET) {
      step.result = old;
      return false;
    }
    boolean adds = step.kind == Kind.INCREMENT;
    long base = adds ? old : step.operand;
    long by = adds ? step.operand : 0;
    int overflow = step.signed ? signedOverflow(base, by, step.bits) : unsignedOverflow(base, by, step.bits);
    if (overflow != 0 && step.overflow == BitOverflow.FAIL) {
      step.failed = true;
      return false;
    }
    long fresh = overflow == 0 || step.overflow == BitOverflow.WRAP ? wrapped(base + by, step)
        : overflow > 0 ? largest(step) : least(step);
    step.result = adds ? fresh : old;
    if (fresh == old) {
      return false;
    }
    put(section, key, record, step, fresh);
    return true;
  }

  private static long largest(Step step) {
    return step.signed ? (1L << step.bits - 1) - 1 : -1L >>> Long.SIZE - step.bits;
  }

  private static long least(Step step) {
    return step.signed ? -1L << step.bits - 1 : 0;
  }

  private static long wrapped(long value, Step step) {
    int unused = Long.SIZE - step.bits;
    return step.signed ? value << unused >> unused : value << unused >>> unused;
  }

  /** Above zero where the sum is more than the field can hold, below where it is less. */
  private static int signedOverflow(long value, long by, int bits) {
    long max = (1L << bits - 1) - 1;
    long min = -max - 1;
    long most = max - value; // wraps only where the value itself is out of range
    long least = min - value;
    if (value > max || bits != 64 && by > most || value >= 0 && by > 0 && by > most) {
      return 1;
    }
    return value < min || bits != 64 && by < least || value < 0 && by < 0 && by < least ? -1 : 0;
  }

  /** The same; {@code value} is unsigned, but {@code by} is not. */
  private static int unsignedOverflow(long value, long by, int bits) {
    long max = -1L >>> Long.SIZE - bits;
    if (Long.compareUnsigned(value, max) > 0 || by > 0 && by > max - value) {
      return 1;
    }
    return by < 0 && by < -value ? -1 : 0;
  }

  private static void put(Section section, Slice key, int record, Step step, long value) {
    int first = (int) (step.offset >> 3);
    int last = (int) (step.offset + step.bits - 1 >> 3);
    byte[] bytes = new byte[last - first + 1];
    int left = step.bits; // of the value, from its highest
    for (int i = 0; i < bytes.length; i++) {
      int from = i == 0 ? (int) (step.offset & 7) : 0;
      int count = Math.min(8 - from, left);
      int shift = 8 - from - count;
      int mask = (1 << count) - 1 << shift;
      left -= count;
      int part = (int) (value >>> left) << shift & mask;
      bytes[i] = (byte) (section.records().byteAt(record, first + i) & ~mask | part);
    }
    section.write(key, record, first, bytes, 0, bytes.length);
  }
}
