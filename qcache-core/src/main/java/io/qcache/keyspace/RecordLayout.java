package io.qcache.keyspace;

import io.qcache.ValueType;
import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a record looks like in its page.  Records begin at multiples of 8 bytes; integers are little-endian.
 * <pre>
 *   0        4            (12)
 *   ┌────────┬────────────┬─────────────┬───────┬─────────┬─────────┐
 *   │ header │ [deadline] │ [key bytes] │ key   │ value   │ padding │
 *   └────────┴────────────┴─────────────┴───────┴─────────┴─────────┘
 *   header = │ value bytes 16 │ key bytes 8 │ LARGE │ VOLATILE │ DIED │ DEAD │ RAW │ type 3 │
 * </pre>
 * A deadline is there when the header says VOLATILE, the length of the key when it is above 254.  A value that is LARGE is the
 * number of its handle, 4 bytes.  DIED is a death while a snapshot has the record frozen, for which it still lives; it is the
 * only thing that is ever written into frozen bytes.  RAW says of a short string that it was changed in part, so that OBJECT
 * ENCODING calls it as Redis would, and of a hash that fields of it may have deadlines.  A 20-byte key with a 32-byte value
 * takes 56 bytes.
 *
 * <p>A reader without a lock may look at bytes that are no record any more: whatever it computes here stays an int or
 * fails with an IndexOutOfBoundsException, and it checks ends against the page before it follows any of it.
 */
final class RecordLayout {
  static final int ALIGNMENT = 8;
  static final int MOST_VALUE_BYTES = 0xffff;
  static final int RAW = 1 << 3;
  static final int DEAD = 1 << 4;
  static final int DIED = 1 << 5;
  static final int VOLATILE = 1 << 6;
  static final int LARGE = 1 << 7;
  static final int PLAIN_KEY = 4;
  private static final int TYPE = 0x7;
  private static final int TIMED_HASH = ValueType.HASH.ordinal() | RAW;
  private static final int KEY_SHIFT = 8;
  private static final int KEY_LONGER = 0xff;
  private static final int VALUE_SHIFT = 16;

  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private RecordLayout() {}

  /** How many bytes a record takes, with its padding. */
  static long size(int keyLength, int valueLength, boolean hasDeadline) {
    long bytes = 4L + (hasDeadline ? 8 : 0) + (keyLength < KEY_LONGER ? 0 : 4) + keyLength + valueLength;
    return bytes + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /** How many bytes the record there takes. */
  static long size(byte[] page, int at) {
    int header = intAt(page, at);
    return size(keyLength(page, at, header), valueLength(header), hasDeadline(header));
  }

  static int intAt(byte[] page, int at) {
    return (int) INT.get(page, at);
  }

  static void setIntAt(byte[] page, int at, int value) {
    INT.set(page, at, value);
  }

  static int type(int header) {
    return header & TYPE;
  }

  /** Whether it is dead for the store. */
  static boolean isDead(int header) {
    return (header & (DEAD | DIED)) != 0;
  }

  /** Whether it was dead already when a snapshot froze it. */
  static boolean wasDead(int header) {
    return (header & DEAD) != 0;
  }

  static boolean isLarge(int header) {
    return (header & LARGE) != 0;
  }

  static boolean isRaw(int header) {
    return (header & RAW) != 0;
  }

  /** Whether it is a hash of which fields may have deadlines. */
  static boolean isTimed(int header) {
    return (header & (TYPE | RAW)) == TIMED_HASH;
  }

  static boolean hasDeadline(int header) {
    return (header & VOLATILE) != 0;
  }

  /** The deadline in milliseconds, {@link Deadline#NONE} where the record has none. */
  static long deadline(byte[] page, int at, int header) {
    return hasDeadline(header) ? (long) LONG.get(page, at + 4) : Deadline.NONE;
  }

  /** Replaces the deadline of a record that has one. */
  static void setDeadline(byte[] page, int at, long millis) {
    LONG.set(page, at + 4, millis);
  }

  static void setDead(byte[] page, int at, boolean frozen) {
    setIntAt(page, at, intAt(page, at) | (frozen ? DIED : DEAD));
  }

  /** Makes what died while frozen simply dead. */
  static void thaw(byte[] page, int at) {
    int header = intAt(page, at);
    if ((header & DIED) != 0) {
      setIntAt(page, at, header & ~DIED | DEAD);
    }
  }

  /** The bytes between the key's end and the padding: the value, or its handle's number. */
  static int valueLength(int header) {
    return header >>> VALUE_SHIFT;
  }

  static int keyLength(byte[] page, int at, int header) {
    int inHeader = header >>> KEY_SHIFT & KEY_LONGER;
    return inHeader < KEY_LONGER ? inHeader : intAt(page, keyStart(at, header) - 4);
  }

  /**
   * Whether it is a record without a deadline whose key has that length, as a header's byte can say it: then the key
   * begins {@link #PLAIN_KEY} bytes behind the record, and whoever knows that need not wait for the header to know
   * where to look.
   */
  static boolean isPlain(int header, int keyLength) {
    return (header & (KEY_LONGER << KEY_SHIFT | VOLATILE)) == keyLength << KEY_SHIFT && keyLength < KEY_LONGER;
  }

  /** The last byte of a record with a short key and no deadline, or another byte; at any place that has a header's room. */
  static byte endAhead(byte[] page, int at) {
    int header = intAt(page, at);
    int end = at + PLAIN_KEY - 1 + (header >>> KEY_SHIFT & KEY_LONGER) + valueLength(header);
    return page[Math.min(end, page.length - 1)];
  }

  /** Whether it is a living record of that type and length of value, without a deadline. */
  static boolean isSame(int header, int typeAndRaw, int valueLength) {
    return (header & ~(KEY_LONGER << KEY_SHIFT)) == (typeAndRaw | valueLength << VALUE_SHIFT);
  }

  /** Where the key begins. */
  static int keyStart(int at, int header) {
    return at + 4 + (hasDeadline(header) ? 8 : 0) + ((header >>> KEY_SHIFT & KEY_LONGER) < KEY_LONGER ? 0 : 4);
  }

  /** Where the value, or its handle's number, begins. */
  static int valueStart(byte[] page, int at, int header) {
    return keyStart(at, header) + keyLength(page, at, header);
  }

  /** Rewrites all of a record but its key and its value, both of which stay where they are. */
  static void overwrite(byte[] page, int at, int oldHeader, int typeAndLarge, long deadlineMillis, int valueLength) {
    int kept = oldHeader & (KEY_LONGER << KEY_SHIFT | VOLATILE);
    setIntAt(page, at, kept | typeAndLarge | valueLength << VALUE_SHIFT);
    if (hasDeadline(kept)) {
      setDeadline(page, at, deadlineMillis);
    }
  }

  /** Writes all of a record but its value, for which it leaves room. */
  static void write(byte[] page, int at, int typeAndLarge, long deadlineMillis, Slice key, int valueLength) {
    boolean hasDeadline = deadlineMillis != Deadline.NONE;
    int keyLength = key.length();
    int header = typeAndLarge | (hasDeadline ? VOLATILE : 0)
        | Math.min(keyLength, KEY_LONGER) << KEY_SHIFT | valueLength << VALUE_SHIFT;
    setIntAt(page, at, header);
    if (hasDeadline) {
      setDeadline(page, at, deadlineMillis);
    }
    int start = keyStart(at, header);
    if (keyLength >= KEY_LONGER) {
      setIntAt(page, start - 4, keyLength);
    }
    System.arraycopy(key.array(), key.offset(), page, start, keyLength);
  }
}
