package io.qcache.snapshot;

import io.qcache.engine.Slice;
import java.io.IOException;

/**
 * Redis's small hash until 2.4.
 * <pre>
 *   pairs 1, 254: many │ length field length unused value unused bytes │ … │ 255
 *   length = 1 byte up to 253, or 254 and 4 bytes, the low ones first
 * </pre>
 */
final class Zipmap implements Entries {
  private static final int END = 255;
  private static final int MANY = 254;

  private final Blob blob;
  private int at = 1;
  private int entries;

  Zipmap(RdbInput in, Slice string) {
    blob = new Blob(in, "a zipmap", string);
  }

  @Override public boolean next(Slice into) throws IOException {
    boolean isValue = (entries & 1) == 1;
    if (blob.at(at) == END && !isValue) {
      end();
      return false;
    }
    long length = blob.at(at++);
    if (length == MANY) {
      length = blob.intAt(at) & 0xffffffffL;
      at += Integer.BYTES;
    } else if (length == END) {
      throw blob.damaged("a field without a value");
    }
    int unused = isValue ? blob.at(at++) : 0;
    blob.string(at, length, into);
    at += (int) length;
    blob.require(at, unused);
    at += unused;
    entries++;
    return true;
  }

  private void end() throws IOException {
    if (at != blob.length() - 1) {
      throw blob.damaged("it ends before its end");
    }
    int told = blob.at(0);
    if (told < MANY && told != entries / 2) {
      throw blob.damaged("it has not as many fields as it says");
    }
  }
}
