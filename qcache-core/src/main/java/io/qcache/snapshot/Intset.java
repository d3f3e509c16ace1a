package io.qcache.snapshot;

import io.qcache.engine.Slice;
import java.io.IOException;

/** Redis's set of integers: bytes of each 4 │ how many 4 │ the integers in their order. */
final class Intset implements Entries {
  private static final int HEADER_BYTES = 8;

  private final Blob blob;
  private final int bytes;
  private int at = HEADER_BYTES;
  private long last;

  Intset(RdbInput in, Slice string) throws IOException {
    blob = new Blob(in, "an intset", string);
    bytes = blob.intAt(0);
    if (bytes != 2 && bytes != 4 && bytes != 8) {
      throw blob.damaged("integers of " + bytes + " bytes");
    }
    if ((blob.intAt(4) & 0xffffffffL) * bytes != blob.length() - HEADER_BYTES) {
      throw blob.damaged("its length is not what it says");
    }
  }

  @Override public boolean next(Slice into) throws IOException {
    if (at == blob.length()) {
      return false;
    }
    long integer = blob.signed(at, bytes);
    if (at > HEADER_BYTES && integer <= last) {
      throw blob.damaged("its integers are not in their order");
    }
    last = integer;
    at += bytes;
    blob.number(integer, into);
    return true;
  }
}
