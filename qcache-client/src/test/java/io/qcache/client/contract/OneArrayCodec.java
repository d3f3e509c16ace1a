package io.qcache.client.contract;

import io.qcache.Codec;
import java.nio.charset.StandardCharsets;

/** Texts of four ASCII letters, all encoded into one and the same array a thread, as the contract of codecs allows. */
final class OneArrayCodec implements Codec<String> {
  private static final ThreadLocal<byte[]> ARRAY = ThreadLocal.withInitial(() -> new byte[4]);

  @Override public byte[] encode(String value) {
    byte[] array = ARRAY.get();
    System.arraycopy(value.getBytes(StandardCharsets.US_ASCII), 0, array, 0, array.length);
    return array;
  }

  @Override public String decode(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.US_ASCII);
  }
}
