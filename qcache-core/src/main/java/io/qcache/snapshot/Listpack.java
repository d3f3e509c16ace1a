package io.qcache.snapshot;

import io.qcache.engine.Slice;
import java.io.IOException;

/**
 * Redis's compact layout from 7.0 on.
 * <pre>
 *   all bytes 4 │ entries 2, 65535: many │ entry … │ 255
 *   entry = encoding │ bytes │ the length of these two: 7 bits a byte, the low ones last, the high bit in all but the first
 *   encoding: 0 and 7 bits: that number; 10 and 6 bits, 1110 and 12, 11110000 and 4 bytes behind it: bytes;
 *             110 and 13 bits, 11110001 16 bits, ..10 24, ..11 32, 11110100 64: an integer
 * </pre>
 */
final class Listpack implements Entries {
  private static final int HEADER_BYTES = 6;
  private static final int END = 255;
  private static final int MANY = 0xffff;

  private final Blob blob;
  private int at = HEADER_BYTES;
  private int entries;

  Listpack(RdbInput in, Slice string) throws IOException {
    blob = new Blob(in, "a listpack", string);
    if (blob.length() < HEADER_BYTES + 1 || blob.intAt(0) != blob.length()) {
      throw blob.damaged("its length is not what it says");
    }
  }

  @Override public boolean next(Slice into) throws IOException {
    int start = at;
    int encoding = blob.at(at);
    if (encoding == END) {
      end();
      return false;
    }
    entry(encoding, into);
    back(at - start);
    entries++;
    return true;
  }

  private void entry(int encoding, Slice into) throws IOException {
    if (encoding < 0x80) {
      blob.number(encoding, into);
      at++;
    } else if (encoding < 0xc0) {
      string(1, encoding & 0x3f, into);
    } else if (encoding < 0xe0) {
      int bits = (encoding & 0x1f) << 8 | blob.at(at + 1);
      blob.number(bits << 19 >> 19, into); // 13 bits, with a sign
      at += 2;
    } else if (encoding < 0xf0) {
      string(2, (encoding & 0xf) << 8 | blob.at(at + 1), into);
    } else if (encoding == 0xf0) {
      string(1 + Integer.BYTES, blob.intAt(at + 1) & 0xffffffffL, into);
    } else if (encoding <= 0xf4) {
      int bytes = encoding == 0xf4 ? Long.BYTES : encoding - 0xf1 + 2;
      blob.number(blob.signed(at + 1, bytes), into);
      at += 1 + bytes;
    } else {
      throw blob.damaged("an entry of the encoding " + encoding);
    }
  }

  private void string(int prefix, long length, Slice into) throws IOException {
    blob.string(at + prefix, length, into);
    at += prefix + (int) length;
  }

  /** What stands behind an entry so that Redis can walk back. */
  private void back(int length) throws IOException {
    int bytes = length < 1 << 7 ? 1 : length < (1 << 14) - 1 ? 2 : length < (1 << 21) - 1 ? 3 : length < (1 << 28) - 1 ? 4 : 5;
    for (int i = 0; i < bytes; i++) {
      int wanted = length >>> 7 * (bytes - 1 - i) & 0x7f | (i == 0 ? 0 : 0x80);
      if (blob.at(at++) != wanted) {
        throw blob.damaged("an entry does not know its own length");
      }
    }
  }

  private void end() throws IOException {
    if (at != blob.length() - 1) {
      throw blob.damaged("it ends before its end");
    }
    int told = blob.shortAt(4) & 0xffff;
    if (told != MANY && told != entries) {
      throw blob.damaged("it has not as many entries as it says");
    }
  }
}
