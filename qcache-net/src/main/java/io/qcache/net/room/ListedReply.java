package io.qcache.net.room;

import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import java.util.List;

/** Gives values that are nobody else's, null for a missing one, bit by bit.  Needs no pin. */
final class ListedReply implements Producer {
  private static final int VALUE_BYTES = 16; // about what it costs to give one beside its bytes

  private final List<byte[]> values;
  private int next;

  ListedReply(List<byte[]> values) {
    this.values = values;
  }

  @Override public boolean give(Sink out, int bytes) {
    for (long left = bytes; left > 0 && next < values.size(); next++) {
      byte[] value = values.get(next);
      if (value == null) {
        out.missing();
      } else {
        out.value(value, 0, value.length);
      }
      left -= VALUE_BYTES + (value == null ? 0 : value.length);
    }
    return next < values.size();
  }

  @Override public void close() {
    // Nothing is held.
  }
}
