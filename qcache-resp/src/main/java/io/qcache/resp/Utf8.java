package io.qcache.resp;

/** Text to UTF-8 without an array in between. */
final class Utf8 {
  private Utf8() {}

  /** Bytes that the text takes; an unpaired surrogate counts as the question mark that stands for it. */
  static int length(String text) {
    int chars = text.length();
    long bytes = chars;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (c < 0x800) {
        bytes++;
      } else if (!Character.isSurrogate(c)) {
        bytes += 2;
      } else if (isPair(text, i)) {
        bytes += 2; // two chars, four bytes
        i++;
      }
    }
    return Math.toIntExact(bytes);
  }

  /** Writes the character at {@code i}, which is no ASCII, into the 4 free bytes of the output; returns its chars. */
  static int put(Output out, String text, int i) {
    char c = text.charAt(i);
    byte[] a = out.array;
    if (c < 0x800) {
      a[out.position++] = (byte) (0xc0 | c >> 6);
    } else if (!Character.isSurrogate(c)) {
      a[out.position++] = (byte) (0xe0 | c >> 12);
      a[out.position++] = (byte) (0x80 | c >> 6 & 0x3f);
    } else if (isPair(text, i)) {
      int point = Character.toCodePoint(c, text.charAt(i + 1));
      a[out.position++] = (byte) (0xf0 | point >> 18);
      a[out.position++] = (byte) (0x80 | point >> 12 & 0x3f);
      a[out.position++] = (byte) (0x80 | point >> 6 & 0x3f);
      a[out.position++] = (byte) (0x80 | point & 0x3f);
      return 2;
    } else {
      a[out.position++] = '?';
      return 1;
    }
    a[out.position++] = (byte) (0x80 | c & 0x3f);
    return 1;
  }

  private static boolean isPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
