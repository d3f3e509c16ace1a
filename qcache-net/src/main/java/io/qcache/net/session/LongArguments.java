package io.qcache.net.session;

import io.qcache.engine.Parts;
import java.util.ArrayList;

/**
 * The long arguments of the command that a session is being sent, which are taken out of the read buffer as they come.
 * The session's loop only, but for {@link #bytes}.
 */
final class LongArguments {
  private final ArrayList<Parts> all = new ArrayList<>(1);
  private Parts last;
  private volatile long bytes; // for whoever lists clients

  /** One of so many bytes comes next. */
  void begin(int length) {
    last = new Parts(length);
    all.add(last);
  }

  /** Whether the last one has not come whole. */
  boolean isMissingBytes() {
    return last.missing() > 0;
  }

  /** Takes bytes of the last one from {@code array[from, to)}, whole pieces only; how many. */
  int take(byte[] array, int from, int to) {
    int count = last.takes(to - from);
    last.add(array, from, count);
    bytes += count; // written by one thread only
    return count;
  }

  Parts get(int i) {
    return all.get(i);
  }

  /** The memory of all of them, in bytes; for any thread. */
  long bytes() {
    return bytes;
  }
}
