package io.qcache.snapshot;

import io.qcache.engine.Slice;
import java.io.IOException;

/**
 * Redis's compact layout until 6.2.
 * <pre>
 *   all bytes 4 │ where the last entry begins 4 │ entries 2, 65535: many │ entry … │ 255
 *   entry = bytes of the one before: 1, or 254 and 4 │ encoding │ bytes
 *   encoding: 00 and 6 bits, 01 and 14, 10 and 32 bits behind it, the high ones first: bytes;
 *             1100 16 bits, 1101 32, 1110 64, 11110000 24, 11111110 8: an integer; 1111 and 1 to 13: that less 1
 * </pre>
 */
final class Ziplist implements Entries {
  private static final int HEADER_BYTES = 10;
  private static final int END = 255;
  private static final int LONG_BEFORE = 254;
  private static final int MANY = 0xffff;

  private final Blob blob;
  private int at = HEADER_BYTES;
  private int last; // where the entry before began
  private int before; // its bytes
  private int entries;

  Ziplist(RdbInput in, Slice string) throws IOException {
    blob = new Blob(in, "a ziplist", string);
    if (blob.length() < HEADER_BYTES + 1 || blob.intAt(0) != blob.length()) {
      throw blob.damaged("its length is not what it says");
    }
    last = HEADER_BYTES;
  }

  @Override public boolean next(Slice into) throws IOException {
    int start = at;
    int first = blob.at(at);
    if (first == END) {
      end();
      return false;
    }
    int told = first == LONG_BEFORE ? blob.intAt(at + 1) : first;
    if (told != before) {
      throw blob.damaged("an entry does not know the length of the one before");
    }
    at += first == LONG_BEFORE ? 1 + Integer.BYTES : 1;
    entry(into);
    last = start;
    before = at - start;
    entries++;
    return true;
  }

  private void entry(Slice into) throws IOException {
    int encoding = blob.at(at);
    switch (encoding >> 6) {
      case 0 -> string(1, encoding, into);
      case 1 -> string(2, (encoding & 0x3f) << 8 | blob.at(at + 1), into);
      case 2 -> {
        if (encoding != 0x80) {
          throw blob.damaged("an entry of the encoding " + encoding);
        }
        string(1 + Integer.BYTES, Integer.reverseBytes(blob.intAt(at + 1)) & 0xffffffffL, into);
      }
      default -> integer(encoding, into);
    }
  }

  private void string(int prefix, long length, Slice into) throws IOException {
    blob.string(at + prefix, length, into);
    at += prefix + (int) length;
  }

  private void integer(int encoding, Slice into) throws IOException {
    int bytes = switch (encoding) {
      case 0xc0 -> 2;
      case 0xd0 -> 4;
      case 0xe0 -> 8;
      case 0xf0 -> 3;
      case 0xfe -> 1;
      default -> 0;
    };
    if (bytes == 0) {
      if (encoding < 0xf1 || encoding > 0xfd) {
        throw blob.damaged("an entry of the encoding " + encoding);
      }
      blob.number((encoding & 0xf) - 1, into);
    } else {
      blob.number(blob.signed(at + 1, bytes), into);
    }
    at += 1 + bytes;
  }

  private void end() throws IOException {
    if (at != blob.length() - 1) {
      throw blob.damaged("it ends before its end");
    }
    if (blob.intAt(4) != last) {
      throw blob.damaged("its last entry is not where it says");
    }
    int told = blob.shortAt(8) & 0xffff;
    if (told != MANY && told != entries) {
      throw blob.damaged("it has not as many entries as it says");
    }
  }
}
