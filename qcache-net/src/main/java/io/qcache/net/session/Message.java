package io.qcache.net.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that no command asked for, encoded once for all connections of one protocol version that are to get them: the
 * outputs in which they wait share the array.  Each output counts them in full against its own bound; the server counts
 * them once, from the first output that they wait in to the last.  Thread-safe; nobody changes the array any more.
 */
public final class Message {
  private final byte[] bytes;
  private int waiting;        // outputs; guarded by this, as the next
  private AtomicLong counted; // where it is counted, while it waits

  /** The array becomes the message's. */
  public Message(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  /** It waits in one output more; the bytes count there, unless they are counted already. */
  public synchronized void waits(AtomicLong total) {
    if (waiting++ == 0) {
      counted = total;
      counted.addAndGet(bytes.length);
    }
  }

  /** It has left one output. */
  public synchronized void left() {
    if (--waiting == 0) {
      counted.addAndGet(-bytes.length);
    }
  }
}
