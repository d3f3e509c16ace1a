package io.qcache.net.differential;

/** Bytes as text that a person can read and redis-cli can take between double quotes. */
final class Escapes {
  private Escapes() {}

  /** At most {@code most} bytes of them, and how many more there are. */
  static String of(byte[] bytes, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, most); i++) {
      append(text, bytes[i]);
    }
    if (bytes.length > most) {
      text.append("… ").append(bytes.length - most).append(" more bytes");
    }
    return text.toString();
  }

  /** As an argument: bare if it is a plain word, else quoted. */
  static String argument(byte[] bytes) {
    boolean bare = bytes.length > 0;
    for (byte b : bytes) {
      bare &= b > ' ' && b < 0x7f && b != '"' && b != '\\' && b != '\'';
    }
    return bare ? of(bytes, bytes.length) : '"' + of(bytes, bytes.length) + '"';
  }

  private static void append(StringBuilder text, byte b) {
    switch (b) {
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      default -> {
        if (b >= ' ' && b < 0x7f) {
          text.append((char) b);
        } else {
          text.append("\\x").append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
      }
    }
  }
}
