package io.qcache.net.option;

import java.nio.charset.StandardCharsets;

/** Texts as people write them, and as this package keeps them: their UTF-8 bytes, each as a char (ISO 8859-1). */
final class Texts {
  private Texts() {}

  static String toBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static String ofBytes(String chars) {
    return new String(chars.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
