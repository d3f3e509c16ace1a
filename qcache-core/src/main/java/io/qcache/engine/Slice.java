package io.qcache.engine;

import io.qcache.keyspace.KeyedHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A run of bytes in somebody else's array: how keys and arguments reach the engine.  A flyweight to be used again by
 * {@link #wrap}; for one thread at a time.  Whoever keeps the bytes takes a {@link #copy}.
 *
 * <p>The keyed hash is computed at first need and kept until the next wrap.  Equal by content, so that a slice finds
 * the {@link #kept} slice that is a map's key; only slices hashed by one and the same engine meet there.
 *
 * <p>A long argument may lie in {@link Parts}.  Whoever asks for its bytes gets them joined, in an array that is made
 * then; who stores a value asks for the parts before.
 */
public final class Slice {
  private static final byte[] NOTHING = new byte[0];

  /** Eight bytes at a time; apart, so that it is made with the first comparison and not at start. */
  private static final class Words {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] array = NOTHING;
  private int offset;
  private int length;
  private long hash;
  private boolean hashed;
  private byte[] digits; // its own array, for an integer's text
  private Parts parts; // where the bytes are, until somebody wants them in one array

  /** Points it at {@code length} bytes from {@code offset} on, which must not change while it does. */
  public Slice wrap(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
    this.hashed = false;
    this.parts = null;
    return this;
  }

  /** Points it at the integer's text, in an array of its own: until the next wrap. */
  public Slice wrap(long integer) {
    if (digits == null) {
      digits = new byte[Numbers.LONG_BYTES];
    }
    return wrap(digits, 0, Numbers.write(integer, digits, 0));
  }

  /** Points it at a long argument, all of which has come. */
  public Slice wrap(Parts whole) {
    wrap(NOTHING, 0, whole.length());
    parts = whole;
    return this;
  }

  /** The parts that the bytes lie in; null where they lie in an array. */
  public Parts parts() {
    return parts;
  }

  private void join() {
    array = parts.joined();
    parts = null;
  }

  /** Points it at the whole array. */
  public Slice wrap(byte[] array) {
    return wrap(array, 0, array.length);
  }

  public byte[] array() {
    if (parts != null) {
      join();
    }
    return array;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public byte at(int index) {
    return array()[offset + index];
  }

  /** A fresh array of the bytes. */
  public byte[] copy() {
    return Arrays.copyOfRange(array(), offset, offset + length);
  }

  /** A slice of its own bytes with the same hash, to be kept. */
  public Slice kept() {
    Slice kept = new Slice().wrap(copy());
    kept.hash = hash;
    kept.hashed = hashed;
    return kept;
  }

  /** The hash under the engine's key, 64 bits. */
  public long hash(KeyedHash function) {
    if (!hashed) {
      hash = function.hash(array(), offset, length);
      hashed = true;
    }
    return hash;
  }

  public boolean contentEquals(byte[] other, int otherOffset, int otherLength) {
    if (length != otherLength) {
      return false;
    }
    array();
    int last = length - Long.BYTES;
    if (last < 0) {
      return Arrays.equals(array, offset, offset + length, other, otherOffset, otherOffset + length);
    }
    for (int i = 0; i < last; i += Long.BYTES) {
      if (differ(other, otherOffset, i)) {
        return false;
      }
    }
    return !differ(other, otherOffset, last); // perhaps some bytes once more
  }

  private boolean differ(byte[] other, int otherOffset, int at) {
    return (long) Words.LONG.get(array, offset + at) != (long) Words.LONG.get(other, otherOffset + at);
  }

  /** Whether the bytes are this ASCII word, whatever the case of the letters; {@code upperCase} is in upper case. */
  public boolean is(String upperCase) {
    if (length != upperCase.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int b = at(i);
      if ((b >= 'a' && b <= 'z' ? b - 32 : b) != upperCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override public boolean equals(Object other) {
    return other instanceof Slice that && contentEquals(that.array(), that.offset, that.length);
  }

  @Override public int hashCode() {
    assert hashed : "a slice in a map is hashed first";
    return (int) hash;
  }

  /** The bytes as Latin-1 text. */
  @Override public String toString() {
    return new String(array(), offset, length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
