package io.qcache.snapshot;

import io.qcache.engine.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A string in the hands of who takes it apart: integers in it, the low bytes first, and its end.  An index counts from its start. */
final class Blob {
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final RdbInput in;
  private final String kind;
  private final byte[] array;
  private final int offset;
  private final int length;
  private final RdbInput.Scratch[] scratch = {new RdbInput.Scratch(), new RdbInput.Scratch()};
  private int turn;

  Blob(RdbInput in, String kind, Slice string) {
    this.in = in;
    this.kind = kind;
    array = string.array();
    offset = string.offset();
    length = string.length();
  }

  int length() {
    return length;
  }

  RdbException damaged(String what) {
    return in.damaged(kind + ": " + what);
  }

  /** Throws where there are not so many bytes from there on. */
  void require(int at, long bytes) throws RdbException {
    if (at < 0 || bytes < 0 || bytes > length - at) {
      throw damaged("something is longer than the whole");
    }
  }

  int at(int at) throws RdbException {
    require(at, 1);
    return array[offset + at] & 0xff;
  }

  int shortAt(int at) throws RdbException {
    require(at, Short.BYTES);
    return (short) SHORT.get(array, offset + at);
  }

  int intAt(int at) throws RdbException {
    require(at, Integer.BYTES);
    return (int) INT.get(array, offset + at);
  }

  long longAt(int at) throws RdbException {
    require(at, Long.BYTES);
    return (long) LONG.get(array, offset + at);
  }

  /** The integer of so many bytes there, 1, 2, 3, 4 or 8, with its sign. */
  long signed(int at, int bytes) throws RdbException {
    return switch (bytes) {
      case 1 -> (byte) at(at);
      case 2 -> shortAt(at);
      case 3 -> (byte) at(at + 2) << 16 | shortAt(at) & 0xffff;
      case 4 -> intAt(at);
      default -> longAt(at);
    };
  }

  /** Points the slice at bytes of it. */
  void string(int at, long bytes, Slice into) throws RdbException {
    require(at, bytes);
    into.wrap(array, offset + at, (int) bytes);
  }

  /** Points the slice at the number as text, which stays until the next but one. */
  void number(long number, Slice into) {
    scratch[turn ^= 1].number(number, into);
  }
}
