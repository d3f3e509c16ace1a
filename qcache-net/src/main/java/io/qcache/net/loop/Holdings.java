package io.qcache.net.loop;

import io.qcache.net.option.OutputClass;
import io.qcache.net.option.OutputLimits;
import io.qcache.net.session.Message;
import java.lang.System.Logger.Level;

/**
 * What a connection holds, messages for it included, and the bounds on that: who holds too much is cut off.  In bytes.
 *
 * <p>The connection's loop notes what there is; any thread may read that, a moment old, push messages, and cut.
 */
final class Holdings {
  private static final int NOT_SLOW = -1;

  private final EventLoop loop;
  private final Connection connection;
  private int slowTick = NOT_SLOW; // since when its output is beyond the soft limit; event loop only
  private boolean ended;           // there are no messages any more; guarded by this
  private boolean cut;             // is being closed; guarded by this, as the next two
  private String cutReason;        // to be logged, or null
  private long leavingBytes;       // that the buffers of all do not count any more

  // Written by the loop
  private volatile long keptBytes;
  private volatile long unsentBytes;
  private volatile int unsentPieces;
  private volatile int freeBytes;
  private volatile long ownBytes; // as the buffers of all count it
  private volatile OutputClass outputClass = OutputClass.NORMAL;
  private volatile Outbox outbox; // with the first message

  Holdings(EventLoop loop, Connection connection) {
    this.loop = loop;
    this.connection = connection;
  }

  // For the loop, which looks before it writes: a volatile write costs more

  /** Notes what has come and is not run. */
  void input(Kept kept) {
    if (keptBytes != kept.length() || freeBytes != kept.capacity() - kept.length()) {
      keptBytes = kept.length();
      freeBytes = kept.capacity() - kept.length();
    }
  }

  /** Notes what is not sent, and so many bytes of it that the transport has. */
  void output(Unsent unsent, int transportBytes) {
    if (unsentBytes != unsent.bytes() + transportBytes) {
      unsentBytes = unsent.bytes() + transportBytes;
      unsentPieces = unsent.pieces();
    }
  }

  /** Notes all that it holds alone. */
  void own(long now) {
    long before = ownBytes;
    if (now != before) {
      ownBytes = now;
      loop.buffers().changed(connection, before, now);
    }
  }

  /** Messages have been added to what is not sent. */
  void loaded() {
    loop.buffers().loaded(connection);
  }

  /** Whether there was ever a message. */
  boolean hasOutbox() {
    return outbox != null;
  }

  /** The next message that is not in the output, or null. */
  Message takeMessage() {
    Outbox current = outbox;
    return current == null ? null : current.take();
  }

  /** Whether more output than may wait for a while has waited for longer; in ticks. */
  boolean isTooSlow(int now) {
    long soft = limits().softBytes(outputClass);
    if (soft == 0 || outputBytes() <= soft) {
      slowTick = NOT_SLOW;
    } else if (slowTick == NOT_SLOW) {
      slowTick = now;
    }
    return slowTick != NOT_SLOW && now - slowTick > limits().softSeconds(outputClass);
  }

  /** The connection holds nothing any more. */
  void end() {
    unsentBytes = 0;
    unsentPieces = 0;
    keptBytes = 0;
    freeBytes = 0;
    endOutbox();
    leaveBuffers();
  }

  private void endOutbox() {
    Outbox current;
    synchronized (this) { // as in outbox(): nobody makes one any more
      ended = true;
      current = outbox;
    }
    if (current != null) {
      current.end();
    }
  }

  private void leaveBuffers() {
    long before = ownBytes;
    ownBytes = 0;
    loop.buffers().changed(connection, before, 0);
    long counted;
    String reason;
    synchronized (this) {
      cut = true;
      counted = leavingBytes;
      reason = cutReason;
    }
    loop.buffers().left(connection, counted);
    if (reason != null) {
      loop.log(Level.WARNING, reason, connection);
    }
  }

  // Messages

  void push(Message message) {
    Outbox to = outbox();
    if (to == null) {
      return;
    }
    boolean isToBePosted = to.put(message);
    long hard = limits().hardBytes(outputClass);
    if (hard > 0 && outputBytes() > hard) {
      cut();
    } else if (isToBePosted) {
      loop.post(to);
    }
  }

  private Outbox outbox() {
    if (outbox == null) {
      synchronized (this) {
        if (outbox == null && !ended) {
          outbox = new Outbox(connection, loop.buffers().messages());
        }
      }
    }
    return outbox;
  }

  // Bounds

  private OutputLimits limits() {
    return loop.server().options().outputLimits();
  }

  void outputClass(OutputClass next) {
    outputClass = next;
  }

  /** Whether so many bytes more may wait to be sent; where not, it is cut. */
  boolean hasRoom(long bytes) {
    long hard = limits().hardBytes(outputClass);
    if (hard > 0 && outputBytes() + bytes > hard) {
      cut();
      return false;
    }
    if (!loop.buffers().makeRoom(bytes, connection)) {
      cutForRoom();
      return false;
    }
    return true;
  }

  /** It takes its output too slowly. */
  void cut() {
    if (cut(0, "closed a connection whose output has passed client-output-buffer-limit")) {
      connection.kill();
    }
  }

  /** It holds more than any other, and all together too much. */
  void cutForRoom() {
    long bytes = ownBytes;
    if (cut(bytes, "closed the connection that held the most, for all have passed maxmemory-clients")) {
      loop.buffers().leaves(bytes);
      loop.server().evicted();
      connection.kill();
    }
  }

  /** It holds more than any other, and the JVM is out of memory. */
  void cutForMemory() {
    if (cut(0, "closed the connection that held the most, for the JVM is out of memory")) {
      try {
        connection.kill();
      } catch (OutOfMemoryError exhausted) { // nobody was sent for it
        uncut();
        throw exhausted;
      }
      loop.server().evicted();
    }
  }

  private synchronized void uncut() {
    cut = false;
    cutReason = null;
  }

  private synchronized boolean cut(long bytes, String reason) {
    if (cut) {
      return false;
    }
    cut = true;
    cutReason = reason;
    leavingBytes = bytes;
    return true;
  }

  synchronized boolean isCut() {
    return cut;
  }

  // Figures

  /** All of it, messages in full. */
  long bytes() {
    Outbox current = outbox;
    long shared = Math.max(0, unsentBytes - ownBytes); // the most that it can be
    return ownBytes + shared + (current == null ? 0 : current.bytes());
  }

  long inputBytes() {
    return keptBytes;
  }

  long inputFreeBytes() {
    return freeBytes;
  }

  long outputBytes() {
    Outbox current = outbox;
    return unsentBytes + (current == null ? 0 : current.bytes());
  }

  int outputPieces() {
    return unsentPieces;
  }

  boolean isBlocked() {
    return unsentBytes > 0;
  }
}
