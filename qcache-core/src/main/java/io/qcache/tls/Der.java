package io.qcache.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The little of DER (X.690) that private keys need.  A reader is a position in an array; not thread-safe. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTETS = 0x04;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int CONTEXT_0 = 0xa0;

  private final byte[] array;
  private int at;
  private final int end;

  Der(byte[] array) {
    this(array, 0, array.length);
  }

  private Der(byte[] array, int from, int to) {
    this.array = array;
    this.at = from;
    this.end = to;
  }

  /** Whether an element with that tag is next. */
  boolean isNext(int tag) {
    return at < end && (array[at] & 0xff) == tag;
  }

  /** What is in the next element, which must have that tag. */
  Der enter(int tag) throws IOException {
    if (!isNext(tag)) {
      throw malformed();
    }
    at++;
    int length = length();
    if (length > end - at) {
      throw malformed();
    }
    Der inner = new Der(array, at, at + length);
    at += length;
    return inner;
  }

  private int length() throws IOException {
    int first = next();
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = first & 0x7f; i > 0; i--) {
      length = length << Byte.SIZE | next();
      if (length >= 1 << 23) { // no key is so long
        throw malformed();
      }
    }
    return length;
  }

  private int next() throws IOException {
    if (at == end) {
      throw malformed();
    }
    return array[at++] & 0xff;
  }

  /** All that is left. */
  byte[] bytes() {
    byte[] bytes = new byte[end - at];
    System.arraycopy(array, at, bytes, 0, bytes.length);
    return bytes;
  }

  private static IOException malformed() {
    return new IOException("its bytes are not what its label says");
  }

  /** An element of those parts. */
  static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    out.write(tag);
    if (length >= 0x80) {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> i * Byte.SIZE);
      }
    } else {
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
