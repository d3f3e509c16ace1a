package io.qcache.resp;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes for tests, written as Latin-1 text. */
final class Bytes {
  private Bytes() {}

  static byte[] of(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] a, int from, int length) {
    return new String(a, from, length, StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] a) {
    return text(a, 0, a.length);
  }

  static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Changes, drops, doubles or inserts up to four bytes, mostly ones that mean something in RESP. */
  static byte[] mutated(byte[] original, Random random) {
    StringBuilder text = new StringBuilder(text(original));
    for (int i = random.nextInt(4); i >= 0 && text.length() > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, meaningful(random));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, text.charAt(at));
        default -> text.insert(at, meaningful(random));
      }
    }
    return of(text.toString());
  }

  static char meaningful(Random random) {
    String wanted = "\r\n\r\n0123456789-+$*:_#,(!=%~|>?;. \"'\\x\0";
    int i = random.nextInt(wanted.length() + 3);
    return i < wanted.length() ? wanted.charAt(i) : (char) random.nextInt(256);
  }
}
