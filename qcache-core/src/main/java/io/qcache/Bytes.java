package io.qcache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes that compares by content: what the bytes codec speaks.  Ordered as unsigned bytes, which is
 * the order of Redis.  Thread-safe.
 */
public final class Bytes implements Comparable<Bytes> {
  private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array; // never changed, and never handed out
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** A copy of the array. */
  public static Bytes copyOf(byte[] array) {
    return copyOf(array, 0, array.length);
  }

  /**
   * A copy of {@code length} bytes from {@code offset} on; throws IndexOutOfBoundsException where they are not there.
   */
  public static Bytes copyOf(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(array, offset, offset + length), 0, length);
  }

  /** The UTF-8 bytes of a text. */
  public static Bytes of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return utf8.length == 0 ? EMPTY : new Bytes(utf8, 0, utf8.length);
  }

  public static Bytes empty() {
    return EMPTY;
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at {@code index}, from 0. */
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive), sharing the memory of these. */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return from == to ? EMPTY : new Bytes(array, offset + from, to - from);
  }

  /** A fresh array that the caller owns. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** Copies all of it to {@code into} at {@code position}. */
  public void copyTo(byte[] into, int position) {
    System.arraycopy(array, offset, into, position, length);
  }

  /** The text that these bytes are in UTF-8. */
  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /** The array itself where the slice is all of it: read only, for the codec. */
  byte[] whole() {
    return offset == 0 && length == array.length ? array : toArray();
  }

  @Override public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The bytes in hexadecimal, at most the first 32. */
  @Override public String toString() {
    int shown = Math.min(length, 32);
    String hex = HexFormat.of().formatHex(array, offset, offset + shown);
    return "Bytes[" + length + ": " + hex + (shown < length ? "…]" : "]");
  }
}
