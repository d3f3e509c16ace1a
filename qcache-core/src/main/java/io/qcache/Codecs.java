package io.qcache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The codecs that come with QCache.  All are thread-safe and keep no state. */
public final class Codecs {
  private Codecs() {}

  /** Text as UTF-8.  Bytes that are no UTF-8 decode to U+FFFD, as everywhere in the JDK. */
  public static Codec<String> utf8() {
    return Utf8.CODEC;
  }

  /** Bytes as they are, as an immutable value. */
  public static Codec<Bytes> bytes() {
    return Raw.CODEC;
  }

  /**
   * Bytes as they are, as arrays: nothing is wrapped, but nothing compares either.  Encoding hands the array itself
   * over, decoding makes a fresh one that the caller owns.
   */
  public static Codec<byte[]> byteArray() {
    return Arrayed.CODEC;
  }

  private static final class Utf8 implements Codec<String> {
    static final Codec<String> CODEC = new Utf8();

    @Override public byte[] encode(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override public String decode(byte[] bytes, int from, int length) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
  }

  private static final class Raw implements Codec<Bytes> {
    static final Codec<Bytes> CODEC = new Raw();

    @Override public byte[] encode(Bytes value) {
      return value.whole();
    }

    @Override public Bytes decode(byte[] bytes, int from, int length) {
      return Bytes.copyOf(bytes, from, length);
    }
  }

  private static final class Arrayed implements Codec<byte[]> {
    static final Codec<byte[]> CODEC = new Arrayed();

    @Override public byte[] encode(byte[] value) {
      return value;
    }

    @Override public byte[] decode(byte[] bytes, int from, int length) {
      return Arrays.copyOfRange(bytes, from, from + length);
    }
  }
}
