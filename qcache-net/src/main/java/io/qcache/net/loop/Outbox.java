package io.qcache.net.loop;

import io.qcache.net.session.Message;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages on their way to a connection: any thread puts them in, the connection's loop takes them out.  Mail of its
 * own, so that a burst is one piece of mail, and one wake-up.
 */
final class Outbox implements Mail {
  static final int OVERHEAD_BYTES = 64; // of a message that waits

  private final Connection connection;
  private final AtomicLong total;
  private final ConcurrentLinkedQueue<Message> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean posted = new AtomicBoolean();
  private volatile boolean ended;

  /** Of that connection, counting messages in that total. */
  Outbox(Connection connection, AtomicLong total) {
    this.connection = connection;
    this.total = total;
  }

  /** Puts a message in; whether the mail is to be posted. */
  boolean put(Message message) {
    message.waits(total);
    bytes.addAndGet(message.length() + OVERHEAD_BYTES);
    queue.add(message);
    if (ended) {
      clear();
      return false;
    }
    return posted.compareAndSet(false, true);
  }

  /** What waits here, in bytes, each message in full; for any thread. */
  long bytes() {
    return bytes.get();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** The next message, still counted in the total, or null; by the loop. */
  Message take() {
    Message message = queue.poll();
    if (message != null) {
      bytes.addAndGet(-message.length() - OVERHEAD_BYTES);
    }
    return message;
  }

  @Override public void deliver() {
    posted.set(false); // before looking: what is put in from now on is posted again
    connection.takeMessages();
  }

  /** Nothing stays in it from now on. */
  void end() {
    ended = true;
    clear();
  }

  private void clear() {
    for (Message message = take(); message != null; message = take()) {
      message.left();
    }
  }
}
