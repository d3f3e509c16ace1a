package io.qcache.net.loop;

import io.qcache.net.option.Options;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One bound, {@code maxmemory-clients}, on what all connections of a server hold: half commands, transactions, unsent
 * output.  Above it the connection that holds the most is closed, then the next, but none that CLIENT NO-EVICT spares.
 *
 * <p>Each connection tells what it holds itself whenever that has changed, so this costs one that holds nothing
 * nothing. A message that many wait for is counted once here, and in full with each of them when the largest is looked
 * for.  Thread-safe.
 */
final class Buffers {
  private static final int LOADED_BYTES = 1 << 10; // who holds less is not worth looking at

  private final Options options;
  private final AtomicLong own = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong leaving = new AtomicLong(); // of those that are being closed
  private final Set<Connection> loaded = ConcurrentHashMap.newKeySet();

  Buffers(Options options) {
    this.options = options;
  }

  /** What is held, in bytes, but by those that are being closed for it. */
  long bytes() {
    return own.get() - leaving.get() + messages.get();
  }

  /** The bytes of all messages that wait, each once. */
  AtomicLong messages() {
    return messages;
  }

  /** The connection holds {@code now} bytes of its own instead of {@code before}; by its loop. */
  void changed(Connection connection, long before, long now) {
    own.addAndGet(now - before);
    if (now > LOADED_BYTES && before <= LOADED_BYTES) {
      loaded.add(connection);
    } else if (now <= LOADED_BYTES && before > LOADED_BYTES) {
      loaded.remove(connection);
    }
    if (now > before) {
      makeRoom(0, null);
    }
  }

  /** The connection holds messages; by its loop. */
  void loaded(Connection connection) {
    loaded.add(connection);
    makeRoom(0, null);
  }

  /** It is being closed, and its bytes go with it. */
  void leaves(long bytes) {
    leaving.addAndGet(bytes);
  }

  /** It has gone. */
  void left(Connection connection, long bytes) {
    loaded.remove(connection);
    leaving.addAndGet(-bytes);
  }

  /** Closes the largest until there is room for so many bytes more of that connection; false where it is itself to go. */
  boolean makeRoom(long more, Connection of) {
    long most = options.clientBytes();
    if (bytes() + more <= most) {
      return true;
    }
    synchronized (this) {
      while (bytes() + more > most) {
        Connection largest = largest();
        long size = largest == null ? 0 : largest.holdings().bytes();
        if (of != null && size <= more + of.holdings().bytes()) {
          return of.isSpared();
        }
        if (largest == null) {
          return true;
        }
        largest.holdings().cutForRoom();
      }
      return true;
    }
  }

  /**
   * The JVM is out of memory: closes the largest that holds more than a little, which need not be who asked in vain.
   * Whether there was one.
   */
  boolean giveUpLargest() {
    Connection largest = largest();
    boolean isWorthIt = largest != null && largest.holdings().bytes() > Chunk.BYTES;
    if (isWorthIt) {
      largest.holdings().cutForMemory();
    }
    return isWorthIt;
  }

  private Connection largest() {
    Connection largest = null;
    long most = 0;
    for (Connection connection : loaded) {
      long bytes = connection.holdings().bytes();
      if (bytes > most && !connection.holdings().isCut() && !connection.isSpared()) {
        largest = connection;
        most = bytes;
      }
    }
    return largest;
  }
}
