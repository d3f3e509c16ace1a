package io.qcache.collection;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How an element is kept: a code of one byte, and behind it or elsewhere what the code does not say.
 * <pre>
 *   0x80 … 0xff   an integer, 0 to 127                  nothing
 *   0x00 … 0x75   a text of that many bytes             the text
 *   0x76          a longer one                          │ length 2 │ text │ length 2 │
 *   0x77          one that is longer still              │ length 4 │ text │ length 4 │
 *   0x78 … 0x7f   an integer of 1 to 8 bytes            its bytes, the low ones first, with the sign
 * </pre>
 * An integer is what {@link Numbers} takes for one, which prints back as the same bytes; and of all forms an element has the first
 * that fits, so that equal elements have equal forms.  A long text says its length at either end, to be stepped over in both
 * directions.
 */
final class Form {
  private static final int MOST_TEXT = 0x75;
  private static final int LONG = 0x76;
  private static final int HUGE = 0x77;
  private static final int INTEGER = 0x78; // of one byte
  private static final int SMALL_INTEGERS = 0x80;
  private static final int LONG_BYTES = 2 * 2; // what the lengths take
  private static final int MOST_LONG = Chunk.MOST_BYTES - LONG_BYTES;
  private static final int HUGE_BYTES = 2 * 4;
  private static final VarHandle SHORT_AT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_AT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_AT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] SMALL = smallIntegers(); // their texts, 3 bytes each

  private final byte code;
  private final int bytes;
  private final long integer; // where it is one; or the bits of a score
  private final byte[] array; // of the text
  private final int from;

  private Form(int code, int bytes, long integer, byte[] array, int from) {
    this.code = (byte) code;
    this.bytes = bytes;
    this.integer = integer;
    this.array = array;
    this.from = from;
  }

  /** The form of an element, which must not change while this is of use. */
  static Form of(byte[] array, int from, int length) {
    int code;
    int bytes;
    long integer = 0;
    if (length <= Numbers.LONG_BYTES && Numbers.isLong(array, from, length)) {
      integer = Numbers.parse(array, from, length);
      boolean small = integer >= 0 && integer < SMALL_INTEGERS;
      bytes = small ? 0 : (Long.SIZE - Long.numberOfLeadingZeros(integer ^ integer >> Long.SIZE - 1)) / Byte.SIZE + 1; // a bit for the sign
      code = small ? SMALL_INTEGERS | (int) integer : INTEGER + bytes - 1;
    } else if (length <= MOST_TEXT) {
      code = length;
      bytes = length;
    } else {
      boolean huge = length > MOST_LONG;
      code = huge ? HUGE : LONG;
      bytes = Math.addExact(length, huge ? HUGE_BYTES : LONG_BYTES);
    }
    return new Form(code, bytes, integer, array, from);
  }

  static Form of(Slice element) {
    return of(element.array(), element.offset(), element.length());
  }

  /** How many bytes an element of that length takes at most, its code among them. */
  static int mostBytes(int length) {
    return length <= MOST_TEXT ? 1 + length : Math.addExact(length, 1 + (length > MOST_LONG ? HUGE_BYTES : LONG_BYTES));
  }

  /** Bytes that are no text, kept as they are, at most {@value #MOST_TEXT}; or any number of them, where there are no codes. */
  static Form asItIs(byte[] array, int from, int length) {
    return new Form(length <= MOST_TEXT ? length : 0, length, 0, array, from);
  }

  /** A member that is kept as it is, and its score, which is kept elsewhere. */
  static Form scored(double score, Slice member) {
    return new Form(0, member.length(), Double.doubleToRawLongBits(score), member.array(), member.offset());
  }

  /** The score of a member. */
  double score() {
    return Double.longBitsToDouble(integer);
  }

  byte code() {
    return code;
  }

  /** How many bytes it takes beside its code. */
  int bytes() {
    return bytes;
  }

  /** Writes what the code does not say. */
  void put(byte[] into, int at) {
    if (code == LONG) {
      int length = bytes - LONG_BYTES;
      SHORT_AT.set(into, at, (short) length);
      System.arraycopy(array, from, into, at + 2, length);
      SHORT_AT.set(into, at + 2 + length, (short) length);
    } else if (code == HUGE) {
      int length = bytes - HUGE_BYTES;
      INT_AT.set(into, at, length);
      System.arraycopy(array, from, into, at + 4, length);
      INT_AT.set(into, at + 4 + length, length);
    } else if (code < INTEGER) {
      System.arraycopy(array, from, into, at, bytes);
    } else {
      for (int i = 0; i < bytes; i++) {
        into[at + i] = (byte) (integer >> Byte.SIZE * i);
      }
    }
  }

  /** Whether the element there, of the same code, which says the rest from {@code at} on, is {@code wanted}, whose form this is. */
  boolean isAt(byte[] data, int at, Slice wanted) {
    if (code >= 0 && code < LONG) {
      return wanted.contentEquals(data, at, bytes);
    }
    if (code == LONG || code == HUGE) {
      return bytes(code, data, at) == bytes && wanted.contentEquals(data, at + (code == LONG ? LONG_BYTES : HUGE_BYTES) / 2, wanted.length());
    }
    return code < 0 || integer(data, at, bytes) == integer;
  }

  /** How many bytes an element of that code, which begins at {@code at}, takes beside it. */
  static int bytes(byte code, byte[] data, int at) {
    return code < LONG ? Math.max(0, code) : code >= INTEGER ? code - INTEGER + 1
        : code == LONG ? LONG_BYTES + ((short) SHORT_AT.get(data, at) & 0xffff) : HUGE_BYTES + (int) INT_AT.get(data, at);
  }

  /** The same of one that ends at {@code end}. */
  static int bytesBefore(byte code, byte[] data, int end) {
    return code < LONG ? Math.max(0, code) : code >= INTEGER ? code - INTEGER + 1
        : code == LONG ? LONG_BYTES + ((short) SHORT_AT.get(data, end - 2) & 0xffff) : HUGE_BYTES + (int) INT_AT.get(data, end - 4);
  }

  /** Points the slice at the element of that code which begins at {@code at}, at its text where it is an integer; its {@link #bytes}. */
  static int wrap(byte code, byte[] data, int at, Slice into) {
    if (code >= 0 && code < LONG) { // on a path of its own, for most are
      into.wrap(data, at, code);
      return code;
    }
    return wrapOther(code, data, at, into);
  }

  private static int wrapOther(byte code, byte[] data, int at, Slice into) {
    int bytes = bytes(code, data, at);
    if (code < 0) {
      int integer = code & SMALL_INTEGERS - 1;
      into.wrap(SMALL, 3 * integer, integer < 10 ? 1 : integer < 100 ? 2 : 3);
    } else if (code == LONG) {
      into.wrap(data, at + 2, bytes - LONG_BYTES);
    } else if (code == HUGE) {
      into.wrap(data, at + 4, bytes - HUGE_BYTES);
    } else {
      into.wrap(integer(data, at, bytes));
    }
    return bytes;
  }

  private static long integer(byte[] data, int at, int bytes) {
    if (at + Long.BYTES <= data.length) {
      int unwanted = Long.SIZE - Byte.SIZE * bytes;
      return (long) LONG_AT.get(data, at) << unwanted >> unwanted;
    }
    long integer = data[at + bytes - 1]; // with the sign
    for (int i = bytes - 2; i >= 0; i--) {
      integer = integer << Byte.SIZE | data[at + i] & 0xff;
    }
    return integer;
  }

  private static byte[] smallIntegers() {
    byte[] texts = new byte[3 * SMALL_INTEGERS + Numbers.LONG_BYTES];
    for (int i = 0; i < SMALL_INTEGERS; i++) {
      Numbers.write(i, texts, 3 * i);
    }
    return texts;
  }
}
